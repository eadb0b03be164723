//! Letters that have a spelling in plain Latin. The tables follow what passports and mail addresses show
//! (BGN/PCGN for the short spelling; ISO 9 and German, Scandinavian keyboards' habits for the long one).

use super::fold::Spelling;

/// Letters that must be seen before Unicode takes them apart.
pub(super) fn composed(lower: char, spelling: Spelling) -> Option<&'static str> {
    let (short, long) = match lower {
        'ä' => ("a", "ae"),
        'ö' => ("o", "oe"),
        'ü' => ("u", "ue"),
        'å' => ("a", "aa"),
        'ø' => ("o", "oe"),
        'й' => ("y", "i"),
        'ё' => ("e", "yo"),
        'ї' => ("i", "yi"),
        _ => return None,
    };
    Some(match spelling {
        Spelling::Short => short,
        Spelling::Long | Spelling::Ukrainian => long,
    })
}

/// The Latin spelling of a letter without accents.
pub(super) fn letter(base: char, spelling: Spelling) -> Option<&'static str> {
    latin(base).or_else(|| cyrillic(base, spelling)).or_else(|| greek(base))
}

fn latin(base: char) -> Option<&'static str> {
    Some(match base {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'ŋ' => "n",
        'ŧ' => "t",
        'ə' => "e",
        'ƒ' => "f",
        _ => return None,
    })
}

fn cyrillic(base: char, spelling: Spelling) -> Option<&'static str> {
    let long = spelling != Spelling::Short;
    let ukrainian = spelling == Spelling::Ukrainian;
    Some(match base {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' if ukrainian => "h",
        'г' | 'ґ' => "g",
        'д' => "d",
        'е' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' if ukrainian => "y",
        'и' | 'і' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ў' => "u",
        'ф' => "f",
        'х' if long => "h",
        'х' => "kh",
        'ц' if long => "c",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ъ' | 'ь' => "",
        'ы' => "y",
        'э' => "e",
        'ю' if long => "iu",
        'ю' => "yu",
        'я' if long => "ia",
        'я' => "ya",
        'є' if long => "ie",
        'є' => "ye",
        'ђ' => "dj",
        'ј' => "j",
        'љ' => "lj",
        'њ' => "nj",
        'ћ' => "c",
        'џ' => "dz",
        _ => return None,
    })
}

fn greek(base: char) -> Option<&'static str> {
    Some(match base {
        'α' => "a",
        'β' => "v",
        'γ' => "g",
        'δ' => "d",
        'ε' => "e",
        'ζ' => "z",
        'η' | 'ι' => "i",
        'θ' => "th",
        'κ' => "k",
        'λ' => "l",
        'μ' => "m",
        'ν' => "n",
        'ξ' => "x",
        'ο' | 'ω' => "o",
        'π' => "p",
        'ρ' => "r",
        'σ' | 'ς' => "s",
        'τ' => "t",
        'υ' => "y",
        'φ' => "f",
        'χ' => "ch",
        'ψ' => "ps",
        _ => return None,
    })
}
