import { describe, expect, it } from 'vitest';
import { addressToTell, ewsAddress, hostOf } from './address';

const EWS = 'https://mail.contoso.example/EWS/Exchange.asmx';

describe('ewsAddress', () => {
  it.each([
    ['mail.contoso.example', EWS],
    ['  mail.contoso.example/ ', EWS],
    ['https://mail.contoso.example', EWS],
    [EWS, EWS],
    ['https://mail.contoso.example:8443/own/path.asmx', 'https://mail.contoso.example:8443/own/path.asmx'],
    ['http://127.0.0.1:8080/EWS/Exchange.asmx', 'http://127.0.0.1:8080/EWS/Exchange.asmx'],
  ])('takes %s', (typed, address) => expect(ewsAddress(typed)).toBe(address));

  it.each([
    '',
    'http://mail.contoso.example',
    'http://localhost.contoso.example/',
    'ftp://mail.contoso.example',
    'ana@contoso.example',
    'https://ana:secret@mail.contoso.example',
    `${EWS}?wsdl`,
    `${EWS}#top`,
    'mail contoso',
    'javascript:alert(1)',
  ])('does not take “%s”', (typed) => expect(ewsAddress(typed)).toBe(null));
});

describe('addressToTell', () => {
  it('leaves what was found as found', () =>
    expect(addressToTell(EWS, { url: EWS, found: 'autodiscover' })).toBe(null));
  it('says again what the person said', () => expect(addressToTell(EWS, { url: EWS, found: 'person' })).toBe(EWS));
  it('says another one', () =>
    expect(addressToTell('ews.contoso.example', { url: EWS, found: 'policy' })).toBe(
      'https://ews.contoso.example/EWS/Exchange.asmx',
    ));
  it('says nothing for an empty field', () => expect(addressToTell('', { url: null, found: null })).toBe(null));
});

describe('hostOf', () => {
  it('takes the host', () => expect(hostOf(EWS)).toBe('mail.contoso.example'));
  it('keeps what is no address', () => expect(hostOf('mail')).toBe('mail'));
});
