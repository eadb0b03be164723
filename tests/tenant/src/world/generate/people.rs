//! The users and the directory.

use super::dice::Dice;
use super::names;
use crate::world::user::DirectoryPerson;
use crate::world::zone::{HOME, LONDON};
use crate::world::{Mailbox, Role, User};

/// Display name, given name, surname, alias, role, mailbox of everybody who can sign in.
const USERS: [(&str, &str, &str, &str, Role, Mailbox); 6] = [
    ("Lucía Moreno", "Lucía", "Moreno", "lucia.moreno", Role::User, Mailbox::Cloud),
    ("Jürgen Groß", "Jürgen", "Groß", "juergen.gross", Role::Admin, Mailbox::Cloud),
    ("Анна Шевченко", "Анна", "Шевченко", "anna.shevchenko", Role::User, Mailbox::Cloud),
    ("Pat O'Brien", "Pat", "O'Brien", "pat.obrien", Role::User, Mailbox::OnPremises),
    ("佐藤 健", "健", "佐藤", "ken.sato", Role::User, Mailbox::None),
    ("Operations", "Operations", "", "operations", Role::Admin, Mailbox::None),
];

const TITLES: [&str; 8] = [
    "Product Manager",
    "Software Engineer",
    "Sales Director",
    "Diseñadora",
    "Accountant",
    "Chief of Staff",
    "Support Engineer",
    "Jurist",
];
const DEPARTMENTS: [&str; 7] =
    ["Engineering", "Sales & Marketing", "Finanzas", "Legal", "People", "IT", "Operations"];
const OFFICES: [&str; 5] = ["Madrid 4/12", "Berlin 2.07", "20/1101", "Remote", "Αθήνα 3"];

/// The people who can sign in.
pub fn users(dice: &mut Dice, domain: &str) -> Vec<User> {
    USERS.iter().enumerate().map(|(index, user)| one_user(dice, domain, index, user)).collect()
}

fn one_user(
    dice: &mut Dice,
    domain: &str,
    index: usize,
    (display, given, surname, alias, role, mailbox): &(&str, &str, &str, &str, Role, Mailbox),
) -> User {
    let username = format!("{alias}@{domain}");
    User {
        object_id: dice.guid(),
        password: format!("{}-{}-{}", dice.letters(5), dice.letters(5), dice.digits(2)),
        display_name: (*display).into(),
        given_name: (*given).into(),
        surname: (*surname).into(),
        mail: (*mailbox != Mailbox::None).then(|| username.clone()),
        username,
        role: *role,
        mailbox: *mailbox,
        zone: if index == 1 { LONDON } else { HOME },
    }
}

/// The directory: the users, then others up to `count`.
pub fn directory(dice: &mut Dice, users: &[User], count: usize, domain: &str) -> Vec<DirectoryPerson> {
    let mut people: Vec<DirectoryPerson> = users.iter().map(|user| of_user(dice, user)).collect();
    for index in people.len()..count.max(people.len()) {
        people.push(stranger(dice, index, domain));
    }
    people
}

fn of_user(dice: &mut Dice, user: &User) -> DirectoryPerson {
    DirectoryPerson {
        object_id: user.object_id.clone(),
        display_name: user.display_name.clone(),
        given_name: user.given_name.clone(),
        surname: user.surname.clone(),
        mail: user.mail.clone(),
        username: user.username.clone(),
        has_photo: user.role == Role::User && user.mailbox == Mailbox::Cloud,
        ..with_job(dice)
    }
}

fn stranger(dice: &mut Dice, index: usize, domain: &str) -> DirectoryPerson {
    let name = names::any(dice);
    let guest = dice.percent(3);
    let mail = if guest {
        format!("{}{index}@fabrikam.example", name.alias)
    } else {
        format!("{}{index}@{domain}", name.alias)
    };
    // A guest's user name holds the home address and `#EXT#`, which must be escaped in a path.
    let username = if guest { format!("{}#EXT#@{domain}", mail.replace('@', "_")) } else { mail.clone() };
    DirectoryPerson {
        object_id: dice.guid(),
        display_name: name.display,
        given_name: name.given.into(),
        surname: name.surname.into(),
        mail: (!dice.percent(2)).then_some(mail),
        username,
        has_photo: index.is_multiple_of(9),
        ..with_job(dice)
    }
}

fn with_job(dice: &mut Dice) -> DirectoryPerson {
    let mobile =
        dice.percent(60).then(|| format!("+34 6{} {} {}", dice.digits(2), dice.digits(3), dice.digits(3)));
    let business = dice.percent(80).then(|| format!("+34 91 {} {}", dice.digits(3), dice.digits(4)));
    DirectoryPerson {
        job_title: dice.pick(&TITLES),
        department: dice.pick(&DEPARTMENTS),
        office: dice.pick(&OFFICES),
        mobile,
        business_phone: business,
        ..DirectoryPerson::default()
    }
}
