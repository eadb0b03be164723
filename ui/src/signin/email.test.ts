import { expect, it } from 'vitest';
import { looksLikeEmail } from './email';

const check = (text: string, expected: boolean) => expect(looksLikeEmail(text)).toBe(expected);

it('takes an address', () => check(' lucia@contoso.example ', true));
it('takes other scripts', () => check('юлия@почта.рф', true));
it('refuses a name', () => check('lucia', false));
it('refuses a host without a dot', () => check('lucia@localhost', false));
it('refuses two at signs', () => check('a@b@c.d', false));
it('refuses an empty label', () => check('a@b..c', false));
it('refuses nothing', () => check('', false));
