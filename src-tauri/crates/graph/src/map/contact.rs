//! Contacts.

use chrono::NaiveDate;
use convoke_model::contact::{Contact, ContactSource, Email, Phone, PostalAddress};
use convoke_model::record::ContactChange;

use crate::clean::{self, LIST, LONG, SHORT};
use crate::error::GraphError;
use crate::wire::contact::{ContactWire, PostalWire};

/// An entry of a delta round or a list.
pub(crate) fn change(wire: ContactWire, folder: Option<&str>) -> Result<ContactChange, GraphError> {
    if wire.removed.is_some() {
        return Ok(ContactChange::Removed { id: super::id(wire.id)? });
    }
    contact(wire, folder).map(|contact| ContactChange::Present(Box::new(contact)))
}

/// A contact of the folder of that name (`None`: the default folder).
pub(crate) fn contact(mut wire: ContactWire, folder: Option<&str>) -> Result<Contact, GraphError> {
    let text = |text: &Option<String>| clean::optional(text.as_deref(), LONG);
    let emails = emails(&mut wire);
    let mut contact = Contact {
        id: super::id(wire.id.take())?,
        name: String::new(),
        given_name: text(&wire.given_name),
        surname: text(&wire.surname),
        company: text(&wire.company_name),
        title: text(&wire.job_title),
        department: text(&wire.department),
        office: text(&wire.office_location),
        emails,
        phones: phones(&wire),
        addresses: addresses(&wire),
        birthday: wire.birthday.as_deref().and_then(birthday),
        categories: wire
            .categories
            .iter()
            .flatten()
            .take(LIST)
            .map(|name| clean::line(name, SHORT))
            .collect(),
        folder: folder.map(str::to_owned),
        source: ContactSource::Contacts,
        photo: false,
    };
    contact.name = text(&wire.display_name).unwrap_or_else(|| contact.fallback_name());
    Ok(contact)
}

fn emails(wire: &mut ContactWire) -> Vec<Email> {
    let all = wire.email_addresses.take().into_iter().flatten().flatten();
    all.filter_map(|email| clean::optional(email.address.as_deref(), SHORT))
        .take(LIST)
        .map(|address| Email { kind: "email".to_owned(), address })
        .collect()
}

fn phones(wire: &ContactWire) -> Vec<Phone> {
    let mobile = wire.mobile_phone.iter().map(|number| ("mobile", number));
    let business = wire.business_phones.iter().flatten().flatten().map(|number| ("business", number));
    let home = wire.home_phones.iter().flatten().flatten().map(|number| ("home", number));
    mobile
        .chain(business)
        .chain(home)
        .filter_map(|(kind, number)| Some((kind, clean::optional(Some(number), SHORT)?)))
        .take(LIST)
        .map(|(kind, number)| Phone { kind: kind.to_owned(), number })
        .collect()
}

fn addresses(wire: &ContactWire) -> Vec<PostalAddress> {
    let all =
        [("business", &wire.business_address), ("home", &wire.home_address), ("other", &wire.other_address)];
    all.into_iter().filter_map(|(kind, address)| postal(kind, address.as_ref()?)).collect()
}

fn postal(kind: &str, wire: &PostalWire) -> Option<PostalAddress> {
    let text = |text: &Option<String>| clean::optional(text.as_deref(), LONG);
    let address = PostalAddress {
        kind: kind.to_owned(),
        street: text(&wire.street),
        city: text(&wire.city),
        state: text(&wire.state),
        postal_code: text(&wire.postal_code),
        country: text(&wire.country_or_region),
    };
    let empty = PostalAddress { kind: address.kind.clone(), ..PostalAddress::default() };
    (address != empty).then_some(address)
}

/// `1974-07-22` or `1974-07-22T11:59:00Z`; year 1604 and such stand for "no year" and are kept.
fn birthday(text: &str) -> Option<NaiveDate> {
    text.get(..10)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{change, contact};
    use convoke_model::contact::{Contact, Email, Phone, PostalAddress};
    use convoke_model::record::ContactChange;

    fn check(json: &str, expected: &Contact) {
        assert_eq!(
            contact(serde_json::from_str(json).unwrap(), None).ok().as_ref(),
            Some(expected),
            "{json}"
        );
    }

    fn email(address: &str) -> Email {
        Email { kind: "email".to_owned(), address: address.to_owned() }
    }

    fn phone(kind: &str, number: &str) -> Phone {
        Phone { kind: kind.to_owned(), number: number.to_owned() }
    }

    #[test]
    fn fields_in_their_order() {
        let json = r#"{"id":"C1","displayName":"Ana Gil","givenName":"Ana","surname":"Gil","companyName":"Contoso",
            "jobTitle":"CTO","department":"","officeLocation":null,
            "emailAddresses":[{"name":"x","address":"ana@contoso.example"},{"address":""},null,{"address":"a@b.example"}],
            "mobilePhone":"1","businessPhones":["2",null,""],"homePhones":["3"],
            "businessAddress":{},"homeAddress":{"city":"Madrid","countryOrRegion":"Spain"},"otherAddress":null,
            "birthday":"1974-07-22T11:59:00Z","categories":["Friends"]}"#;
        let some = |text: &str| Some(text.to_owned());
        check(
            json,
            &Contact {
                id: "C1".to_owned(),
                name: "Ana Gil".to_owned(),
                given_name: some("Ana"),
                surname: some("Gil"),
                company: some("Contoso"),
                title: some("CTO"),
                emails: vec![email("ana@contoso.example"), email("a@b.example")],
                phones: vec![phone("mobile", "1"), phone("business", "2"), phone("home", "3")],
                addresses: vec![PostalAddress {
                    kind: "home".to_owned(),
                    city: some("Madrid"),
                    country: some("Spain"),
                    ..PostalAddress::default()
                }],
                birthday: chrono::NaiveDate::from_ymd_opt(1974, 7, 22),
                categories: vec!["Friends".to_owned()],
                ..Contact::default()
            },
        );
    }

    #[test]
    fn names_fall_back() {
        for (json, expected) in [
            (r#"{"id":"1","displayName":" ","givenName":"Ana","surname":"Gil"}"#, "Ana Gil"),
            (r#"{"id":"1","surname":"Gil","companyName":"C"}"#, "Gil"),
            (r#"{"id":"1","companyName":"C","emailAddresses":[{"address":"a@b"}]}"#, "C"),
            (r#"{"id":"1","emailAddresses":[{"address":"a@b"}]}"#, "a@b"),
            (r#"{"id":"1","birthday":"datetime-value"}"#, ""),
        ] {
            let contact = contact(serde_json::from_str(json).unwrap(), None).unwrap();
            assert_eq!(contact.name, expected, "{json}");
            assert_eq!(contact.birthday, None);
        }
    }

    #[test]
    fn removed_and_f43_without_id() {
        let removed = serde_json::from_str(r#"{"id":"1","@removed":{"reason":"deleted"}}"#).unwrap();
        assert_eq!(change(removed, None).ok(), Some(ContactChange::Removed { id: "1".to_owned() }));
        for json in [r#"{"displayName":"x"}"#, r#"{"id":""}"#, r#"{"@removed":{}}"#] {
            assert!(change(serde_json::from_str(json).unwrap(), None).is_err(), "{json}");
        }
    }
}
