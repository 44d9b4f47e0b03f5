from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake.language import UNKNOWN, find_language

SENTENCES = [
    ("en", "Gunmen struck."),
    ("en", "Army denies raid"),
    ("en", "a b c d"),
    (
        "en",
        "IT IS ALLEGED THAT A COMPANY OWNED BY HIS BROTHER BOUGHT TWO OF THE FERRIES.",
    ),
    ("en", "The army said on Monday that it had lost four soldiers in the north."),
    ("en", "Le Monde reported that El Hadj de la Cruz said no."),
    ("fr", "Le ministère a nié les faits à Bamako, a déclaré hier un général."),
    (
        "fr",
        "L'armée a annoncé mardi que quatre soldats avaient été "
        "tués dans une embuscade dans le nord du pays.",
    ),
    (
        "de",
        "Die Armee bestritt am Montag, dass "
        "ihre Soldaten in das Dorf eingedrungen seien.",
    ),
    (
        "de",
        "Vier Soldaten wurden nach Angaben der Armee "
        "bei einem Angriff im Norden des Landes getötet.",
    ),
    ("es", "El ejército negó el lunes que sus soldados hubieran entrado en la aldea."),
    (
        "es",
        "Cuatro soldados murieron en una emboscada en el "
        "norte del país, según el ministerio de Defensa.",
    ),
    (
        "pt",
        "O exército negou na segunda-feira que "
        "os seus soldados tenham entrado na aldeia.",
    ),
    (
        "pt",
        "Quatro soldados morreram numa emboscada no norte "
        "do país, segundo o ministério da Defesa.",
    ),
    (
        "it",
        "L'esercito ha negato lunedì che i suoi soldati siano entrati nel villaggio.",
    ),
    (
        "it",
        "Quattro soldati sono morti in un agguato nel "
        "nord del paese, secondo il ministero della Difesa.",
    ),
    ("nl", "Het leger ontkende maandag dat zijn soldaten het dorp waren binnengegaan."),
    (
        "ru",
        "Армия в понедельник опровергла сообщения о "
        "том, что её солдаты вошли в деревню.",
    ),
    (
        "ru",
        "По данным министерства, четыре солдата были убиты в засаде на севере страны.",
    ),
    (
        "uk",
        "Армія в понеділок заперечила, що її солдати "
        "увійшли до села, і заявила про це.",
    ),
    ("ar", "نفى الجيش يوم الاثنين أن جنوده دخلوا القرية في شمال البلاد."),
    (
        "fa",
        "ارتش روز دوشنبه تکذیب کرد که سربازانش وارد "
        "روستا شده‌اند و گفت که این خبر درست نیست.",
    ),
    ("ur", "فوج نے پیر کو اس بات کی تردید کی کہ اس کے فوجی گاؤں میں داخل ہوئے تھے۔"),
    (
        "tr",
        "Ordu pazartesi günü askerlerinin köye girdiği "
        "iddiasını yalanladı ve bunun doğru olmadığını söyledi.",
    ),
    (
        "sw",
        "Jeshi lilikanusha Jumatatu kwamba wanajeshi "
        "wake waliingia katika kijiji hicho.",
    ),
    (
        "ha",
        "Rundunar sojin ta musanta cewa sojojinta sun shiga kauyen a ranar Litinin.",
    ),
    (
        "so",
        "Ciidanka ayaa beeniyay in askartoodu ay galeen "
        "tuulada, waxayna sheegeen in warku uu been yahay.",
    ),
    (
        "id",
        "Tentara membantah pada hari Senin bahwa prajuritnya memasuki "
        "desa itu, dan mengatakan berita itu tidak benar.",
    ),
    ("zh", "军方周一否认其士兵进入了该村庄。"),
    ("ja", "軍は月曜日、兵士が村に入ったことを否定した。"),
    ("ko", "군은 월요일 병사들이 마을에 들어갔다는 것을 부인했다."),
    ("el", "Ο στρατός αρνήθηκε τη Δευτέρα ότι οι στρατιώτες του μπήκαν στο χωριό."),
    ("he", "הצבא הכחיש ביום שני כי חייליו נכנסו לכפר."),
    ("am", "ሠራዊቱ ሰኞ ዕለት ወታደሮቹ ወደ መንደሩ መግባታቸውን አስተባበለ።"),
    ("hi", "सेना ने सोमवार को इस बात से इनकार किया कि उसके सैनिक गांव में घुसे थे।"),
    (
        "pl",
        "Wojsko zaprzeczyło w poniedziałek, że jego żołnierze "
        "weszli do wsi, i podało, że to nieprawda.",
    ),
    ("vi", "Quân đội hôm thứ Hai phủ nhận rằng binh sĩ của họ đã vào làng."),
    (
        "ku",
        "Artêşê roja duşemê înkar kir ku leşkerên wê ketine "
        "gund û got ku ev nûçe ne rast e.",
    ),
]


@pytest.mark.parametrize(("code", "sentence"), SENTENCES)
def test_one_sentence_tells_the_language(code: str, sentence: str) -> None:
    assert find_language(sentence) == code


@pytest.mark.parametrize(
    "text", ["", "12345 --- !!!", "xyzzy " * 60], ids=["empty", "digits", "no words"]
)
def test_what_is_no_language_is_unknown(text: str) -> None:
    assert find_language(text) == UNKNOWN


def test_a_quoted_sentence_does_not_turn_an_english_report() -> None:
    english = "The minister said that it was not for him to say who had done it. " * 3

    assert find_language(f"{english} «Le ministère a nié les faits.»") == "en"


def test_an_english_summary_does_not_hide_a_french_report() -> None:
    french = "Le ministère a nié les faits, selon un communiqué de l'armée. " * 300

    assert find_language(f"The ministry denied it, the army said. {french}") == "fr"


@given(st.text(alphabet=st.characters()))
def test_any_text_has_a_language_code(text: str) -> None:
    assert find_language(text).isalpha()
