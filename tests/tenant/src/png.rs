//! A small picture: a light disc on a colour, as PNG without compression of its data.

const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a];

/// A square picture of so many pixels a side; one byte for each pixel, with a palette of two colours.
#[must_use]
pub fn disc(side: u32, colour: [u8; 3]) -> Vec<u8> {
    let mut head = Vec::new();
    head.extend(side.to_be_bytes());
    head.extend(side.to_be_bytes());
    // Eight bits, palette, usual compression and filter, not interlaced.
    head.extend([8, 3, 0, 0, 0]);
    let palette = [colour[0], colour[1], colour[2], 0xf4, 0xf1, 0xea];
    let mut png = SIGNATURE.to_vec();
    chunk(&mut png, b"IHDR", &head);
    chunk(&mut png, b"PLTE", &palette);
    chunk(&mut png, b"IDAT", &stored(&pixels(side)));
    chunk(&mut png, b"IEND", &[]);
    png
}

fn pixels(side: u32) -> Vec<u8> {
    let middle = f64::from(side) / 2.0;
    let inside = |x: u32, y: u32| (f64::from(x) - middle).hypot(f64::from(y) - middle) < middle * 0.6;
    let row = |y: u32| std::iter::once(0).chain((0..side).map(move |x| u8::from(inside(x, y))));
    (0..side).flat_map(row).collect()
}

fn chunk(png: &mut Vec<u8>, kind: &[u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
    let start = png.len();
    png.extend(kind);
    png.extend(data);
    let check = crc(&png[start..]);
    png.extend(check.to_be_bytes());
}

/// A zlib stream of stored blocks (RFC 1950, RFC 1951 section 3.2.4).
fn stored(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let blocks = data.chunks(0xffff).count();
    for (index, block) in data.chunks(0xffff).enumerate() {
        let size = u16::try_from(block.len()).unwrap_or(u16::MAX);
        out.push(u8::from(index + 1 == blocks));
        out.extend(size.to_le_bytes());
        out.extend((!size).to_le_bytes());
        out.extend(block);
    }
    out.extend(adler(data).to_be_bytes());
    out
}

/// RFC 1950 section 8.
fn adler(data: &[u8]) -> u32 {
    let (low, high) = data.iter().fold((1u32, 0u32), |(low, high), byte| {
        let low = (low + u32::from(*byte)) % 65_521;
        (low, (high + low) % 65_521)
    });
    (high << 16) | low
}

/// PNG specification, annex D.
fn crc(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(
            crc ^ u32::from(*byte),
            |crc, _| {
                if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 }
            },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_those_of_the_specifications() {
        assert_eq!(crc(b"IEND"), 0xae42_6082);
        assert_eq!(adler(b"Wikipedia"), 0x11e6_0398);
        assert_eq!(disc(48, [1, 2, 3])[..8], SIGNATURE);
    }
}
