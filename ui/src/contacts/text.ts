import type { Contact, PostalAddress } from '$lib/backend/backend';

/** A person as lines of text, for the clipboard. */
export function asText(contact: Contact): string {
  return [
    contact.name,
    [contact.title, contact.company].filter(Boolean).join(', '),
    ...contact.emails.map((email) => email.address),
    ...contact.phones.map((phone) => phone.number),
    ...contact.addresses.map((address) => addressLines(address).join(', ')),
  ]
    .filter(Boolean)
    .join('\n');
}

/** Street; postal code and city; state; country. */
export function addressLines(address: PostalAddress): string[] {
  const town = [address.postalCode, address.city].filter(Boolean).join(' ');
  return [address.street, town, address.state, address.country].filter((line): line is string => Boolean(line));
}
