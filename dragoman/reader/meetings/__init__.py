"""Meetings, rounds, summits and hearings: when, where, and under whom."""
