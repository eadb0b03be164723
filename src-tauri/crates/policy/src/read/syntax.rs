//! What the JSON parser says, as a message. A fault that the parser learns to tell must be added.

use jsonc_parser::ParseStringErrorKind as Text;
use jsonc_parser::errors::ParseErrorKind as Kind;

use crate::message::Message;
use crate::sentences as say;

/// The parser's finding as a sentence, in the parser's own words where they are English.
pub fn message(kind: &Kind) -> Message {
    sentence(kind).in_words(format!("{kind}."))
}

fn sentence(kind: &Kind) -> Message {
    match kind {
        Kind::BareDecimalPointNumbersNotAllowed
        | Kind::HexadecimalNumbersNotAllowed
        | Kind::NonFiniteNumbersNotAllowed
        | Kind::UnaryPlusNumbersNotAllowed => say::json_number(),
        Kind::ExpectedDigit
        | Kind::ExpectedDigitFollowingNegativeSign
        | Kind::ExpectedPlusMinusOrDigitInNumberLiteral => say::json_no_digit(),
        Kind::ExpectedColonAfterObjectKey => say::json_no_colon(),
        Kind::ExpectedObjectValue => say::json_no_value(),
        Kind::ExpectedStringObjectProperty => say::json_no_name(),
        Kind::ExpectedComma => say::json_no_comma(),
        Kind::MultipleRootJsonValues => say::json_many_values(),
        Kind::SingleQuotedStringsNotAllowed => say::json_single_quotes(),
        Kind::UnexpectedCloseBrace => say::json_brace(),
        Kind::UnexpectedCloseBracket => say::json_bracket(),
        Kind::UnexpectedColon => say::json_colon(),
        Kind::UnexpectedComma => say::json_comma(),
        Kind::UnexpectedWord => say::json_word(),
        // Comments and commas at the end are allowed, so the parser never says that they are not.
        Kind::UnexpectedToken
        | Kind::UnexpectedTokenInObject
        | Kind::CommentsNotAllowed
        | Kind::TrailingCommasNotAllowed => say::json_token(),
        Kind::UnterminatedArray => say::json_open_list(),
        Kind::UnterminatedCommentBlock => say::json_open_comment(),
        Kind::UnterminatedObject => say::json_open_object(),
        Kind::String(Text::UnterminatedStringLiteral) => say::json_open_text(),
        Kind::String(_) => say::json_escape(),
        Kind::NestingDepthExceeded => say::json_depth(),
    }
}
