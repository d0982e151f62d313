"""What has to be done by when."""
