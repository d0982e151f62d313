"""A language is named by its letters, by its words, or by the model, and not at all where nobody can tell."""

import pytest

from dragoman.sources.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister said on Monday that the port of Lund would open in May, and that nobody had to pay.", "en"),
        ("Le ministre a déclaré lundi que le port ouvrirait en mai et que personne ne devrait payer avant.", "fr"),
        ("Der Minister sagte am Montag, dass der Hafen im Mai öffnen werde und dass niemand zahlen müsse.", "de"),
        ("El ministro dijo el lunes que el puerto abriría en mayo y que nadie tendría que pagar antes.", "es"),
        ("Bakan pazartesi günü limanın mayıs ayında açılacağını ve kimsenin ödeme yapmayacağını söyledi.", "tr"),
        ("هدنة في المضيق", "ar"),
        ("مذاکرات وین ادامه دارد و گفتگوها", "fa"),
        ("Переговоры возобновятся", "ru"),
        ("Переговори відновляться у Києві, її та інші їхні", "uk"),
        ("שיחות השלום", "he"),
        ("会谈将在维也纳举行", "zh"),
        ("交渉は火曜日に再開される", "ja"),
        ("회담이 재개된다", "ko"),
        ("12.30 - 14", None),
        ("", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_a_title_that_could_be_anything_is_left_open() -> None:
    assert language_of("Kuru Vessby") is None
