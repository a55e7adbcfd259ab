"""What survey tools and people call their columns, in seven languages."""

import re
import unicodedata
from functools import cache

# The names in full, the surest first. The fields stand in the order in which they choose.
_NAMES = {
    "external_id": (
        "id|response id|responseid|submission id|answer id|survey response id|external id"
        "|uuid|guid|svarsid|svar id|svars id|svarid|besvarelse id"
        "|besvarelses id|besvarelsesid|vastausid|vastaus id"
        "|vastaustunnus|tunniste|antwort id|antwortid|teilnahme id|id réponse"
        "|id de réponse|identifiant|respondent id|token|nr|no|number|nummer|numero|numéro"
        "|lfd nr|#"
    ),
    "respondent": (
        "customer id|customer number|customer|client id|contact id|person id|user id"
        "|respondent|kundid|kund id|kundnr|kundnummer|kunde id|kundenr|kundenummer|asiakas"
        "|asiakasid|asiakas id|asiakasnumero|kunden id|kundennr|kundennummer|client|id client"
        "|numéro client|n client|email|e mail|email address|epost|e post|e postadress|mail"
        "|sähköposti|courriel|e mail adresse|adresse e mail"
    ),
    "score": (
        "nps|nps score|nps rating|nps betyg|nps karakter|nps arvosana|nps bewertung|note nps"
        "|recommendation|likelihood to recommend|score|overall rating|overall score|rating"
        "|betyg|poäng|karakter|vurdering|bedømmelse|arvosana|arvio|pisteet|bewertung"
        "|gesamtbewertung|punkte|punktzahl|wertung|note|note globale|csat|ces|satisfaction"
        "|effort|grade|stars|stjärnor|stjerner|tähdet|sterne|étoiles|evaluation|résultat"
        "|points|value"
    ),
    "comment": (
        "comment|comments|kommentar|kommentarer|kommentti|kommentit|kommentare|commentaire"
        "|commentaires|explication|explications|feedback|palaute|avoin palaute|verbatim"
        "|free text|open text|fritext|fritekst|fritextsvar|vapaa teksti|freitext|texte libre"
        "|reason|motivering|motivation|begrundelse|begrunnelse|begründung|perustelu"
        "|perustelut|justification|raison|review|review text|content|body|text|texte|teksti"
        "|message|meddelande|viesti|nachricht|avis|remarque|remarques|anmerkung|anmerkungen"
        "|tilbagemelding|tilbakemelding|omdöme|answer|svar|vastaus|antwort|réponse"
    ),
    "answered_at": (
        "answered at|answered on|answered|submitted at|submitted on|submitted|response date"
        "|completed|completed at|submit date|date submitted|svarsdatum|besvarad|svardato"
        "|svaredato|besvaret|besvart|vastauspäivä|vastausaika|vastattu|antwortdatum"
        "|beantwortet|date de réponse|répondu le|timestamp|tidsstämpel|tidsstempel|aikaleima"
        "|zeitstempel|horodateur|date|datum|dato|päivä|päivämäärä|pvm|created at|created"
        "|skapad|oprettet|opprettet|luotu|erstellt|créé le|end date|recorded date|date time"
        "|datetime|tidpunkt|tidspunkt|zeitpunkt|time|tid|aika|zeit|when"
    ),
    "touchpoint": (
        "touchpoint|touch point|kontaktpunkt|kontaktyta|kosketuspiste|kohtaamispiste"
        "|point de contact|berührungspunkt|moment|channel|kanal|kanava|canal"
    ),
    "segment": (
        "segment|customer segment|kundsegment|kundesegment|segmentti|kundensegment"
        "|customer group|customer type|kundgrupp|kundtyp|kundegruppe|kundetype|asiakasryhmä"
        "|kundengruppe|kundentyp|type de client|category|kategori|kategoria|kategorie"
        "|catégorie|group|grupp|gruppe|ryhmä|groupe|tier|plan"
    ),
    "language": "language|language code|lang|locale|språk|språkkod|sprog|kieli|sprache|langue",
    "name": (
        "name|full name|first name|customer name|namn|förnamn|kundnamn|fullständigt namn|navn"
        "|fornavn|kundenavn|nimi|etunimi|asiakkaan nimi|vorname|kundenname|nom|prénom"
        "|nom complet|author|reviewer"
    ),
    "role": "role|job title|roll|befattning|rolle|stilling|rooli|tehtävä|funktion|fonction",
    "consent": "consent|samtycke|samtykke|suostumus|einwilligung|consentement",
    "consent_at": (
        "consent at|consent date|consented at|consent given at|samtyckesdatum|samtycke datum"
        "|samtykkedato|samtykke dato|suostumuksen päivä|einwilligungsdatum|date de consentement"
    ),
    "consent_source": (
        "consent source|samtyckeskälla|samtykkekilde|suostumuksen lähde|einwilligungsquelle"
        "|source du consentement"
    ),
    "consent_scope": (
        "consent scope|samtyckets omfattning|samtykkets omfang|suostumuksen laajuus"
        "|einwilligungsumfang|portée du consentement"
    ),
    "metric": "metric|survey type|measure|mått|mål|mittari|metrik|kennzahl|indicateur",
    "kind": "kind|survey kind",
}
# What tells a field inside a longer name, such as a whole question.
_PARTS = {
    "score": (
        "recommend|rekommend|anbefal|suosittel|empfehl|weiterempfehl"
        "|recommand|how likely|hur troligt"
        "|hvor sannsynlig|hvor sandsynligt|todennäköis|wahrscheinlich|probab|rating|score"
        "|betyg|karakter|arvosana|bewertung|nps"
    ),
    "comment": (
        "comment|kommentar|kommentt|palaute|feedback|explication|verbatim|why|varför|hvorfor"
        "|miksi|warum|pourquoi|tell us|berätta|fortæl|fortell|kerro|erzähl|dites nous"
        "|free text|fritext|fritekst|freitext"
    ),
    "answered_at": "answered|submitted|completed|timestamp|datum|date|dato|päivä",
    "touchpoint": "touchpoint|kontaktpunkt|kosketuspiste|point de contact",
    "segment": "segment|cabin",
}

FIELDS_BY_NAME = tuple(_NAMES)
EXACT = 1_000

_CAMEL = re.compile(r"(?<=[a-zà-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])")
_BETWEEN = re.compile(r"[^\w#]+|_+")


@cache
def _known(field: str) -> tuple[dict[str, int], tuple[str, ...]]:
    names = enumerate(_NAMES[field].split("|"))
    parts = _PARTS.get(field, "").split("|")
    ranks = {folded(name): EXACT - place for place, name in names}
    return ranks, tuple(folded(part) for part in parts if part)


def rank(column: str, field: str) -> int:
    """How surely a column's name tells this field: 0 not at all, above EXACT / 2 in full."""
    ranks, parts = _known(field)
    name = folded(column)
    if name in ranks:
        return ranks[name]
    words = f" {name}"
    return next((len(parts) - i for i, part in enumerate(parts) if f" {part}" in words), 0)


def folded(name: str) -> str:
    """A name as words in small letters, without accents: "SvarsDatum_UTC" is "svars datum utc"."""
    spaced = _BETWEEN.sub(" ", _CAMEL.sub(" ", name)).casefold().strip()
    marked = unicodedata.normalize("NFKD", spaced)
    return "".join(letter for letter in marked if not unicodedata.combining(letter))
