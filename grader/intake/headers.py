"""What spreadsheets and student offices call the columns of a roster, in several languages.

Headers are compared by their letters and digits, in lower case.
"""

from __future__ import annotations

__all__ = ["COLUMNS", "LOGINS"]


def _words(*lines: str) -> tuple[str, ...]:
    return tuple(" ".join(lines).split())


COLUMNS = {
    "id": _words(
        "id studentid sid sisuserid userid studentnumber matriculation number idnumber studentno matriculationnumber",
        "registrationnumber orgdefinedid universityid externalid",
        "matrikelnummer matrikelnr matrnr matrnummer martikelnummer personalnummer",
        "numéroétudiant numeroetudiant numérodétudiant numetudiant identifiant matricule",
        "matricola matrícula matricula legajo nia dni númerodeestudiante numerodeestudiante",
        "studentnummer studienummer studentnr opiskelijanumero numerindeksu nralbumu 学号 学籍番号",
    ),
    "name": _words(
        "name fullname student studentname displayname vollständigername vollername anzeigename nomcomplet",
        "nombrecompleto nomecompleto nomeecognome cognomeenome naam namn navn 姓名 氏名",
    ),
    "first": _words(
        "firstname givenname first given forename firstnames preferredname vorname vornamen prénom prenom prénoms",
        "nombre nombres nome voornaam förnamn fornavn etunimi imię imie",
    ),
    "last": _words(
        "lastname surname familyname last family nachname familienname zuname nomdefamille nom apellido apellidos",
        "cognome sobrenome apelido achternaam efternamn etternavn efternavn sukunimi nazwisko",
    ),
    "email": _words(
        "email emailaddress mail studentemail universityemail mailaddress emailadresse emailadress mailadresse",
        "courriel adressedecourriel adresseemail adressemail adresseélectronique correo correoelectrónico",
        "correoelectronico direccióndecorreo indirizzoemail postaelettronica epost epostadress emailadres",
        "endereçodeemail sähköposti",
    ),
}
"""By what a column holds; if a roster has several, the one listed first here counts."""

LOGINS = _words(
    "login sisloginid loginid netid username user github githubusername identifier canvasid sisuserid userid sid id",
    "idnumber orgdefinedid participant participantid uid benutzername anmeldename nutzername kennung unikennung",
    "nomdutilisateur nombredeusuario usuario nomeutente gebruikersnaam användarnamn",
)
"""Further columns that may identify a submission's student: logins, user names, ids of other systems."""
