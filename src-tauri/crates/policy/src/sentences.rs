//! The sentences that this crate says of a policy, and the parts they are made of: each with a name and its values.
//!
//! The text here is English, which `convokectl` speaks. The window says the same in its user's language: the message
//! `policy_says` in its message files has a text for each; `tests/messages.rs` holds them together. To add a sentence,
//! write a line here and a text in each of those files.

use crate::message::Message;

macro_rules! sentences {
    (
        everywhere { $($name:ident($($value:ident),*) = $text:literal;)+ }
        on_some_systems { $($rare:ident($($rare_value:ident),*) = $rare_text:literal;)+ }
    ) => {
        $(sentence! { $name($($value),*) = $text })+
        $(sentence! {
            #[allow(dead_code, reason = "the reader of one system alone says it")]
            $rare($($rare_value),*) = $rare_text
        })+

        /// Every sentence: its name, and its English text with the names of its values in braces.
        pub const SENTENCES: &[(&str, &str)] =
            &[$((stringify!($name), $text)),+, $((stringify!($rare), $rare_text)),+];
    };
}

/// A function of the values that makes the message.
macro_rules! sentence {
    ($(#[$attribute:meta])* $name:ident($($value:ident),*) = $text:literal) => {
        $(#[$attribute])*
        pub(crate) fn $name($($value: impl Into<Message>),*) -> Message {
            $(let $value: Message = $value.into();)*
            let en = format!($text $(, $value = $value.en)*);
            Message { sentence: Some(stringify!($name)), en, values: vec![$((stringify!($value), $value)),*] }
        }
    };
}

sentences! {
    everywhere {
        // A value that its key does not take.
        wrong_type(key, expected, found) = "{key} must be {expected}, not {found}.";
        out_of_range(key, value, min, max) = "{key} is {value}, which is not between {min} and {max}.";
        not_one_of(key, value, words) = "{key} is {value}, which is not one of {words}.";
        not_a(key, value, form) = "{key} is {value}, which is not {form}.";
        not_a_tenant(key, value) = "{key} is {value}, which is neither a tenant id nor a domain.";
        too_many_items(key, max) = "{key} has more than {max} items.";
        empty_list(key) = "{key} is an empty list.";
        control_character(key) = "{key} contains a control character.";
        blank(key) = "{key} is blank.";
        too_long(key, max) = "{key} is longer than {max} characters.";
        url_space(key) = "{key} contains a space or a control character.";
        url_none(key) = "{key} is not a URL.";
        url_plain_http(key) = "{key} is http; http is allowed for a loopback host only.";
        url_not_https(key) = "{key} is not an https URL.";
        url_no_host(key) = "{key} names no host.";
        url_password(key) = "{key} contains a user name or password.";
        url_fragment(key) = "{key} contains a fragment.";
        url_query(key) = "{key} contains a query.";

        // What a value is, or must be.
        true_or_false() = "true or false";
        whole_number() = "a whole number";
        number() = "a number";
        text() = "a text";
        list() = "a list";
        list_of_texts() = "a list of texts";
        object() = "an object";
        one_of(words) = "one of {words}";
        whole_number_between(min, max) = "a whole number from {min} to {max}";
        line_of_text() = "a text on one line";
        domain() = "a domain";
        tenant() = "a tenant id, a domain, or `organizations`";
        guid() = "a GUID";
        url() = "a URL";
        mail_address() = "a mail address";
        or_null(what) = "{what}, or null";
        list_of_each(item) = "a list, each item {item}";
        list_of_some(words) = "a list of some of {words}";
        dictionary() = "a dictionary";
        fraction() = "a number with a fraction";

        // Names.
        unknown(key) = "{key} is unknown.";
        misplaced(key) = "{key} has no meaning here.";
        again(key, line) = "{key} stands here again (first in line {line}); neither is used.";
        more_than_once(key) = "{key} is given more than once; none is used.";
        must_hold_settings(key) = "{key} must hold settings.";
        nested(key) = "{key} with each part as an object of its own";
        at_the_top(key) = "{key} at the top of the file";
        below_enforced(key) = "{key} below enforced";
        among_enforced(key) = "{key} among the enforced settings";

        // Values that don't go together.
        needs(key, missing) = "{key} needs {missing}.";
        custom_needs(missing) = "microsoft365.cloud \"custom\" needs {missing}.";
        only_custom(key, cloud) = "{key} is only taken with microsoft365.cloud \"custom\", not \"{cloud}\".";
        ews_ended(key, off, ended) = "{key} names Exchange Online, where EWS is off by default from {off} and ends for everybody on {ended}. Leave it out: Microsoft Graph serves those mailboxes.";
        ews_passwords(key) = "{key} is http, and integration.ews.auth allows sending passwords.";
        nobody(key) = "{key} is empty: no account may sign in. For all accounts, write null.";

        // A file as a whole.
        not_an_object(found) = "The file must hold an object, not {found}.";
        empty_file() = "The file is empty.";
        unlisted(count) = "{count} more problems are not listed.";
        no_such_file() = "There is no such file.";
        too_large() = "The file is larger than 1 MiB.";
        utf16() = "The file is UTF-16 or UTF-32. Save it as UTF-8.";
        nul_byte() = "The file contains a NUL byte. Save it as UTF-8.";
        not_utf8() = "The file contains bytes that are not UTF-8. Save it as UTF-8.";
        a_folder() = "This is a folder, not a file.";
        a_device() = "This is a device or a pipe, not a file.";
        cannot_open(reason) = "The file can't be opened: {reason}.";
        cannot_read(reason) = "The file can't be read: {reason}.";
        cannot_read_folder(reason) = "The folder can't be read: {reason}.";
        foreign_owner(path) = "{path} does not belong to an administrator.";
        others_write(path) = "Others than the administrator can write {path}.";
        too_many_files(max) = "The folder holds more than {max} policy files.";
        overruled(machine, named) = "This machine has a policy of its own ({machine}); {named} is not used. Leave out --policy and CONVOKE_POLICY_FILE.";
        managed_unreadable(reason) = "The managed settings can't be read: {reason}.";

        // Reasons: the end of one of the sentences above, without its full stop.
        permission_denied() = "permission denied";
        system_error(number) = "the system reports error {number}";
        dangling_link() = "the link leads nowhere";

        // What is wrong with the JSON. In English the parser says it itself.
        json_number() = "JSON does not write numbers like this.";
        json_no_digit() = "A digit is missing.";
        json_no_colon() = "A colon is missing after the name.";
        json_no_value() = "A value is missing after the colon.";
        json_no_name() = "A name in quotation marks is missing.";
        json_no_comma() = "A comma is missing.";
        json_many_values() = "The text can't hold more than one JSON value.";
        json_single_quotes() = "Single quotation marks are not allowed.";
        json_brace() = "This closing brace is too much.";
        json_bracket() = "This closing bracket is too much.";
        json_colon() = "This colon is too much.";
        json_comma() = "This comma is too much.";
        json_token() = "This character is not expected here.";
        json_word() = "This word is not expected here.";
        json_open_list() = "A list is never closed.";
        json_open_comment() = "A comment is never closed.";
        json_open_object() = "An object is never closed.";
        json_open_text() = "A text is never closed.";
        json_escape() = "An escape sequence is not valid here.";
        json_depth() = "Objects and lists stand too deep inside each other.";
    }
    on_some_systems {
        huge_number() = "a number beyond measure";
        mixed_list() = "a list of other things than texts";
        date() = "a date";
        data() = "data";
        not_ordinary() = "it is not an ordinary file";
        plist_too_large() = "the property list is larger than 1 MiB";
        plist_no_dictionary() = "the property list holds no dictionary";
        plist_broken(reason) = "the property list is broken ({reason})";
        expand_text() = "a text with variables (REG_EXPAND_SZ)";
        binary() = "binary data (REG_BINARY)";
        other_type() = "a value of another type";
        unreadable_value() = "a value that can't be read";
    }
}
