//! Names of many scripts, each with the spelling that its mail address uses.

use super::dice::Dice;

/// A name as written, and as in an address.
pub type Name = (&'static str, &'static str);

/// A person's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FullName {
    /// As displayed.
    pub display: String,
    /// Given name.
    pub given: &'static str,
    /// Surname.
    pub surname: &'static str,
    /// `given.surname` in ASCII.
    pub alias: String,
}

struct Culture {
    given: &'static [Name],
    surname: &'static [Name],
    /// Between the parts; and whether the surname comes first.
    joiner: &'static str,
    surname_first: bool,
}

const LATIN: Culture = Culture {
    given: &[
        ("Lucía", "lucia"),
        ("Álvaro", "alvaro"),
        ("Jürgen", "juergen"),
        ("Zoë", "zoe"),
        ("François", "francois"),
        ("Søren", "soren"),
        ("Łukasz", "lukasz"),
        ("Ağa", "aga"),
        ("Iñaki", "inaki"),
        ("Anna", "anna"),
        ("John", "john"),
        ("Emma", "emma"),
        ("Mary Ann", "maryann"),
        ("Chloé", "chloe"),
        ("Đặng", "dang"),
        ("Siobhán", "siobhan"),
        ("Óscar", "oscar"),
        ("Nuria", "nuria"),
        ("Peter", "peter"),
        ("Ingrid", "ingrid"),
    ],
    surname: &[
        ("Moreno", "moreno"),
        ("García Márquez", "garciamarquez"),
        ("Müller", "mueller"),
        ("Groß", "gross"),
        ("O'Brien", "obrien"),
        ("Nguyễn", "nguyen"),
        ("Kowalczyk", "kowalczyk"),
        ("Åkesson", "akesson"),
        ("Smith-Jones", "smith-jones"),
        ("Çelik", "celik"),
        ("Dvořák", "dvorak"),
        ("van der Berg", "vanderberg"),
        ("Peña", "pena"),
        ("Weiß", "weiss"),
        ("Lefèvre", "lefevre"),
        ("Brown", "brown"),
        ("Ibáñez", "ibanez"),
        ("Sjöström", "sjostrom"),
        ("Horvat", "horvat"),
        ("Rossi", "rossi"),
    ],
    joiner: " ",
    surname_first: false,
};

const CYRILLIC: Culture = Culture {
    given: &[
        ("Анна", "anna"),
        ("Дмитрий", "dmitry"),
        ("Ольга", "olga"),
        ("Сергій", "serhiy"),
        ("Щепан", "shchepan"),
    ],
    surname: &[("Иванова", "ivanova"), ("Шевченко", "shevchenko"), ("Петров", "petrov"), ("Жуков", "zhukov")],
    joiner: " ",
    surname_first: false,
};

const GREEK: Culture = Culture {
    given: &[("Γιώργος", "giorgos"), ("Ελένη", "eleni"), ("Θεόδωρος", "theodoros")],
    surname: &[("Παπαδόπουλος", "papadopoulos"), ("Οικονόμου", "oikonomou"), ("Ψαρράς", "psarras")],
    joiner: " ",
    surname_first: false,
};

const ARABIC: Culture = Culture {
    given: &[("محمد", "mohammed"), ("فاطمة", "fatima"), ("يوسف", "youssef")],
    surname: &[("الأحمد", "alahmad"), ("حداد", "haddad"), ("بن علي", "benali")],
    joiner: " ",
    surname_first: false,
};

const HEBREW: Culture = Culture {
    given: &[("נועה", "noa"), ("דוד", "david"), ("תמר", "tamar")],
    surname: &[("כהן", "cohen"), ("לוי", "levi"), ("שפירא", "shapira")],
    joiner: " ",
    surname_first: false,
};

const CHINESE: Culture = Culture {
    given: &[("伟", "wei"), ("芳", "fang"), ("秀英", "xiuying"), ("建国", "jianguo")],
    surname: &[("王", "wang"), ("李", "li"), ("欧阳", "ouyang"), ("张", "zhang")],
    joiner: "",
    surname_first: true,
};

const JAPANESE: Culture = Culture {
    given: &[("健", "ken"), ("美咲", "misaki"), ("さくら", "sakura"), ("翔太", "shota")],
    surname: &[("佐藤", "sato"), ("鈴木", "suzuki"), ("髙橋", "takahashi")],
    joiner: " ",
    surname_first: true,
};

const KOREAN: Culture = Culture {
    given: &[("민준", "minjun"), ("서연", "seoyeon"), ("지우", "jiwoo")],
    surname: &[("김", "kim"), ("이", "lee"), ("박", "park")],
    joiner: "",
    surname_first: true,
};

const HINDI: Culture = Culture {
    given: &[("प्रिया", "priya"), ("अर्जुन", "arjun"), ("लक्ष्मी", "lakshmi")],
    surname: &[("शर्मा", "sharma"), ("वर्मा", "verma"), ("सिंह", "singh")],
    joiner: " ",
    surname_first: false,
};

const OTHERS: [&Culture; 8] = [&CYRILLIC, &GREEK, &ARABIC, &HEBREW, &CHINESE, &JAPANESE, &KOREAN, &HINDI];

/// A name: Latin letters in seven of ten cases.
pub fn any(dice: &mut Dice) -> FullName {
    let culture = if dice.percent(70) { &LATIN } else { dice.pick(&OTHERS) };
    let (given, surname) = (dice.pick(culture.given), dice.pick(culture.surname));
    let (first, second) = if culture.surname_first { (surname.0, given.0) } else { (given.0, surname.0) };
    FullName {
        display: format!("{first}{}{second}", culture.joiner),
        given: given.0,
        surname: surname.0,
        alias: format!("{}.{}", given.1, surname.1),
    }
}
