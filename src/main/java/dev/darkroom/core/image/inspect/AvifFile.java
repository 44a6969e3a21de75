package dev.darkroom.core.image.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An AVIF file: boxes of ISO/IEC 14496-12, see https://aomediacodec.github.io/av1-avif/. */
final class AvifFile {

    private static final int BOX_HEADER = 8;
    private static final int FULL_BOX = 4;

    /** In boxes of one level. A file has fewer. */
    private static final int MAX_BOXES = 1_000;

    /** The type of the box that has a C2PA manifest store. */
    private static final String C2PA_UUID = "\u00d8\u00fe\u00c3\u00d6\u001b\u000eH<\u0092\u0097X(\u0087~\u00c4\u0081";

    private AvifFile() {}

    private record Box(String type, Bytes content) {}

    static boolean isAvif(Bytes file) {
        return file.has(4, "ftyp")
                && boxes(file).stream().findFirst().filter(AvifFile::hasBrand).isPresent();
    }

    /** The major brand is first, then a version, then the compatible brands. */
    private static boolean hasBrand(Box type) {
        for (int at = 0; at + 4 <= type.content().length(); at += 4) {
            if (type.content().has(at, "avif") || type.content().has(at, "avis")) {
                return true;
            }
        }
        return false;
    }

    /** The image is the largest of the items; the others are its tiles, its thumbnails and its transparency. */
    static Optional<Header> header(Bytes file) {
        var marks = new Marks();
        int width = 0;
        int height = 0;
        for (var box : boxes(file)) {
            switch (box.type()) {
                case "uuid" -> {
                    if (box.content().has(0, C2PA_UUID)) {
                        marks.c2pa();
                    }
                }
                case "mdat", "idat" -> readXmp(box.content(), marks);
                case "meta" -> {
                    for (var size : sizes(box.content())) {
                        if ((long) size.pixels(FULL_BOX) * size.pixels(FULL_BOX + 4) > (long) width * height) {
                            width = size.pixels(FULL_BOX);
                            height = size.pixels(FULL_BOX + 4);
                        }
                    }
                }
                default -> {}
            }
        }
        return Optional.of(new Header(width, height, marks.found()));
    }

    private static List<Bytes> sizes(Bytes meta) {
        return boxes(meta.rest(FULL_BOX, meta.length())).stream()
                .filter(box -> box.type().equals("iprp"))
                .flatMap(properties -> boxes(properties.content()).stream())
                .filter(box -> box.type().equals("ipco"))
                .flatMap(container -> boxes(container.content()).stream())
                .filter(box -> box.type().equals("ispe"))
                .map(Box::content)
                .toList();
    }

    /** The place of the XMP is in the list of items; the packet can be found without the list. */
    private static void readXmp(Bytes data, Marks marks) {
        int start = data.find("<x:xmpmeta");
        if (start >= 0) {
            marks.xmp(data.rest(start, data.length()));
        }
    }

    private static List<Box> boxes(Bytes data) {
        var boxes = new ArrayList<Box>();
        int at = 0;
        while (at + BOX_HEADER <= data.length() && boxes.size() < MAX_BOXES) {
            long size = data.u32(at);
            int header = BOX_HEADER;
            if (size == 1 && at + 16 <= data.length()) {
                size = data.u32(at + 8) == 0 ? data.u32(at + 12) : Long.MAX_VALUE;
                header = 16;
            } else if (size == 0) {
                size = (long) data.length() - at; // to the end of the file
            }
            if (size < header || size > data.length() - at) {
                break;
            }
            boxes.add(new Box(data.part(at + 4, 4).latin1(), data.part(at + header, (int) size - header)));
            at += (int) size;
        }
        return boxes;
    }
}
