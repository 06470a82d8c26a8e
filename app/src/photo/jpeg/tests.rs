use super::*;
use proptest::prelude::*;

/// A segment as a file has it.
fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).expect("a segment is short");
    [&[LEAD, marker], &length.to_be_bytes()[..], content].concat()
}

fn frame(width: u16, height: u16) -> Vec<u8> {
    let ([high, low], [wide, narrow]) = (height.to_be_bytes(), width.to_be_bytes());
    segment(0xC0, &[8, high, low, wide, narrow, 1, 1, 0x11, 0])
}

fn scan() -> Vec<u8> {
    [segment(SCAN, &[1, 1, 0, 0, 63, 0]), vec![0x12, LEAD, 0x00, 0x34, LEAD, 0xD0, 0x56]].concat()
}

/// The whole of an image with `metadata` in it: built as a JPEG is, though it shows nothing.
pub(crate) fn jpeg_with(width: u16, height: u16, metadata: &[u8]) -> Vec<u8> {
    let tables = [segment(0xDB, &[0; 65]), frame(width, height), segment(0xC4, &[0; 17])].concat();
    [&[LEAD, START], metadata, &tables, metadata, &scan(), metadata, &[LEAD, END]].concat()
}

fn exif() -> Vec<u8> {
    segment(0xE1, b"Exif\0\0GPS 52.09 N 5.12 E")
}

#[test]
fn nothing_is_left_but_what_decoding_needs() {
    let bare = jpeg_with(640, 480, &[]);
    for metadata in [
        exif(),
        segment(0xE0, b"JFIF\0 with a preview"),
        segment(0xE2, b"ICC_PROFILE"),
        segment(0xEF, b""),
        segment(COMMENT, b"at home"),
        [exif(), vec![LEAD, LEAD], segment(COMMENT, b"x")].concat(),
    ] {
        let trailing = [&jpeg_with(640, 480, &metadata)[..], b"a film that the phone put behind it"].concat();
        let read = read(&trailing).expect("an image");
        assert_eq!(read, Jpeg { width: 640, height: 480, bare: bare.clone() });
    }
}

#[test]
fn what_is_no_image_that_browsers_write_is_not_taken() {
    let whole = jpeg_with(8, 8, &exif());
    for end in 0..whole.len() {
        assert_eq!(read(&whole[..end]), Err(NotAJpeg), "cut off after {end} bytes");
    }
    let wrong = [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        b"<svg onload=alert(1)>".to_vec(),
        jpeg_with(0, 8, &[]),
        jpeg_with(8, 8, &segment(0xCC, &[0])),
        jpeg_with(8, 8, &segment(0xC9, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0])),
        jpeg_with(8, 8, &frame(9, 9)),
        [&[LEAD, START], &scan()[..], &[LEAD, END]].concat(),
        [&[LEAD, START], &frame(8, 8)[..], &[LEAD, END]].concat(),
        [&[LEAD, START, LEAD, 0xE1, 0, 1], &whole[2..]].concat(),
        [&[LEAD, START, 7], &whole[2..]].concat(),
    ];
    for bytes in wrong {
        assert_eq!(read(&bytes), Err(NotAJpeg), "{bytes:x?}");
    }
}

/// Pieces of a JPEG in any order and number, among them such as do not belong there.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let content = prop::collection::vec(any::<u8>(), 0..12);
    let piece = prop_oneof![
        4 => (0xE0..=0xEF_u8, content.clone()).prop_map(|(marker, content)| segment(marker, &content)),
        2 => content.clone().prop_map(|content| segment(COMMENT, &content)),
        2 => content.clone().prop_map(|content| segment(0xDB, &content)),
        2 => Just(scan()),
        1 => Just(frame(4, 4)),
        1 => Just(vec![LEAD]),
        1 => content,
    ];
    let middle = prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat());
    (middle.clone(), middle).prop_map(|(before, after)| [&[LEAD, START], &before[..], &frame(4, 4), &scan(), &after, &[LEAD, END]].concat())
}

/// The markers of an image, outside of what is coded.
fn markers(bare: &[u8]) -> Vec<u8> {
    let (mut rest, mut found) = (&bare[2..], Vec::new());
    while let Ok((marker, after)) = marker(rest) {
        found.push(marker);
        if marker == END {
            assert!(after.is_empty(), "nothing follows the image");
            return found;
        }
        let (_, after) = super::segment(after).expect("a segment");
        rest = if marker == SCAN { coded(after).expect("a scan ends").1 } else { after };
    }
    panic!("it has an end")
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
        let _ = read(&[&[LEAD, START], &bytes[..]].concat());
    }

    #[test]
    fn what_is_bare_stays_as_it_is_and_holds_no_metadata(bytes in pieces()) {
        if let Ok(once) = read(&bytes) {
            prop_assert!(markers(&once.bare).iter().all(|marker| !matches!(*marker, 0xE0..=0xEF | COMMENT)));
            prop_assert_eq!(read(&once.bare), Ok(once.clone()));
        }
    }
}
