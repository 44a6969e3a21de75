package dev.darkroom.core.image.inspect;

import java.util.Optional;
import java.util.Set;

/** A JPEG file, see ITU-T T.81, annex B. */
final class JpegFile {

    private static final int APP1 = 0xE1;
    private static final int APP11 = 0xEB;
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";

    /** Between 0xC0 and 0xCF, these three do not begin a frame. */
    private static final Set<Integer> NO_FRAMES = Set.of(0xC4, 0xC8, 0xCC);

    /** In bytes: the type of a C2PA manifest store is within the first boxes of its segment. */
    private static final int BOX_HEADERS = 64;

    private JpegFile() {}

    static boolean isJpeg(Bytes file) {
        return file.has(0, "\u00ff\u00d8\u00ff");
    }

    /** Reads the segments before the first scan. */
    static Optional<Header> header(Bytes file) {
        var marks = new Marks();
        int width = 0;
        int height = 0;
        int at = 2;
        while (at + 4 <= file.length() && file.u8(at) == 0xFF) {
            int marker = file.u8(at + 1);
            if (marker == 0xFF) {
                at++; // a fill byte
                continue;
            }
            if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                break;
            }
            int size = file.u16(at + 2);
            if (size < 2) {
                return Optional.empty();
            }
            var segment = file.rest(at + 4, size - 2);
            if (marker >= 0xC0 && marker <= 0xCF && !NO_FRAMES.contains(marker)) {
                height = segment.u16(1);
                width = segment.u16(3);
            } else {
                readMark(marker, segment, marks);
            }
            at += 2 + size;
        }
        return Optional.of(new Header(width, height, marks.found()));
    }

    private static void readMark(int marker, Bytes segment, Marks marks) {
        if (marker == APP1 && segment.has(0, XMP)) {
            marks.xmp(segment.rest(XMP.length(), segment.length()));
        }
        // JUMBF in APP11: the common identifier, instance and sequence numbers, then the boxes (ISO/IEC 19566-5).
        if (marker == APP11 && segment.has(0, "JP") && segment.has(12, "jumb")) {
            if (segment.rest(0, BOX_HEADERS).find("c2pa") >= 0) {
                marks.c2pa();
            }
        }
    }
}
