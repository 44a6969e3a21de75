package dev.darkroom.core.image.inspect;

import java.util.Optional;
import java.util.Set;

/** A PNG file, see https://www.w3.org/TR/png-3/. */
final class PngFile {

    private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";
    private static final int CHUNK_OVERHEAD = 12;
    private static final String XMP = "XML:com.adobe.xmp";

    /** The keyword whose text names the program. */
    private static final String SOFTWARE = "Software";

    /**
     * Keywords under which programs note their parameters. The text may have the prompt, so only the keyword counts.
     */
    private static final Set<String> PARAMETERS =
            Set.of("parameters", "prompt", "workflow", "Dream", "sd-metadata", "invokeai_metadata", "generation_data");

    private PngFile() {}

    static boolean isPng(Bytes file) {
        return file.has(0, SIGNATURE) && file.has(12, "IHDR");
    }

    static Optional<Header> header(Bytes file) {
        var marks = new Marks();
        int at = SIGNATURE.length();
        while (at + CHUNK_OVERHEAD <= file.length()) {
            long size = file.u32(at);
            if (size > file.length() - at - CHUNK_OVERHEAD) {
                break;
            }
            var data = file.part(at + 8, (int) size);
            read(file.part(at + 4, 4).latin1(), data, marks);
            at += CHUNK_OVERHEAD + (int) size;
        }
        return Optional.of(new Header(file.pixels(16), file.pixels(20), marks.found()));
    }

    private static void read(String type, Bytes data, Marks marks) {
        switch (type) {
            // C2PA specification, "Embedding manifests into PNG".
            case "caBX" -> marks.c2pa();
            case "tEXt" -> text(keyword(data), afterKeyword(data).latin1(), marks);
            case "zTXt" -> text(keyword(data), "", marks);
            case "iTXt" -> international(data, marks);
            default -> {}
        }
    }

    private static String keyword(Bytes data) {
        return data.part(0, data.zeroFrom(0)).latin1();
    }

    private static Bytes afterKeyword(Bytes data) {
        return data.rest(Math.min(data.length(), data.zeroFrom(0) + 1), data.length());
    }

    /** Compression flag and method, language and translated keyword come before the text. */
    private static void international(Bytes data, Marks marks) {
        var keyword = keyword(data);
        var rest = afterKeyword(data);
        if (rest.length() < 2) {
            return;
        }
        boolean compressed = rest.u8(0) != 0;
        int language = rest.zeroFrom(2);
        int translated = rest.zeroFrom(Math.min(rest.length(), language + 1));
        var text = rest.rest(Math.min(rest.length(), translated + 1), rest.length());
        if (compressed) {
            text(keyword, "", marks);
        } else if (keyword.equals(XMP)) {
            marks.xmp(text);
        } else {
            text(keyword, text.utf8(), marks);
        }
    }

    private static void text(String keyword, String text, Marks marks) {
        if (keyword.equals(SOFTWARE) && !text.isBlank()) {
            marks.pngText(SOFTWARE + ": " + text.strip());
        } else if (PARAMETERS.contains(keyword)) {
            marks.pngText(keyword);
        }
    }
}
