package dev.darkroom.core.image.inspect;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.darkroom.core.image.ContentType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32;

/** Small image files of each format, with a header as programs write it and little else. */
public final class ImageFiles {

    private static final String C2PA_UUID = "\u00d8\u00fe\u00c3\u00d6\u001b\u000eH<\u0092\u0097X(\u0087~\u00c4\u0081";

    private ImageFiles() {}

    public static byte[] of(ContentType type, int width, int height) {
        return switch (type) {
            case PNG -> png(width, height);
            case JPEG -> jpeg(width, height, "");
            case WEBP -> webp(width, height);
            case GIF -> gif(width, height);
            case AVIF -> avif(List.of(new int[] {width, height}));
        };
    }

    public static byte[] png(int width, int height) {
        return png(width, height, "");
    }

    static byte[] pngWith(String chunk, String data) {
        return png(2, 3, chunk(chunk, data));
    }

    private static byte[] png(int width, int height, String further) {
        return bytes("\u0089PNG\r\n\u001a\n"
                + chunk("IHDR", u32(width) + u32(height) + "\u0008\u0002\0\0\0")
                + further
                + chunk("IDAT", "x\u009c\u0003\0\0\0\0\u0001")
                + chunk("IEND", ""));
    }

    private static String chunk(String type, String data) {
        var crc = new CRC32();
        crc.update(bytes(type + data));
        return u32(data.length()) + type + data + u32((int) crc.getValue());
    }

    static byte[] jpegWith(int marker, String data) {
        return jpeg(2, 3, segment(marker, data));
    }

    private static byte[] jpeg(int width, int height, String further) {
        return bytes("\u00ff\u00d8"
                + segment(0xE0, "JFIF\0\u0001\u0002\0\0\u0001\0\u0001\0\0")
                + further
                + segment(0xC4, "\0".repeat(20))
                + segment(0xC2, "\u0008" + u16(height) + u16(width) + "\u0001\u0001\u0011\0")
                + segment(0xDA, "\u0001\u0001\0\0?\0")
                + "\u00124\u00ff\u00d9");
    }

    private static String segment(int marker, String data) {
        return "\u00ff" + (char) marker + u16(data.length() + 2) + data;
    }

    /** The content of an APP11 segment with a superbox of a type. */
    static String jumbf(String type) {
        var description = u32(25) + "jumd" + type + "\0\u0011\0\u0010\u0080\0\0\u00aa\08\u009bq" + "\u0003";
        return "JP\0\u0001\0\0\0\u0001" + u32(8 + description.length()) + "jumb" + description;
    }

    static byte[] webp(int width, int height) {
        return webp(riffChunk("VP8X", "\0\0\0\0" + u24(width - 1) + u24(height - 1)));
    }

    static byte[] webpWith(String chunk, String data) {
        return webp(riffChunk("VP8X", "\0\0\0\0" + u24(1) + u24(2)) + riffChunk(chunk, data));
    }

    static byte[] webpLossy(int width, int height) {
        return webp(riffChunk("VP8 ", "\u0010\0\0\u009d\u0001*" + u16LittleEndian(width) + u16LittleEndian(height)));
    }

    static byte[] webpLossless(int width, int height) {
        return webp(riffChunk("VP8L", "/" + u32LittleEndian((width - 1) | ((height - 1) << 14))));
    }

    private static byte[] webp(String chunks) {
        return bytes("RIFF" + u32LittleEndian(4 + chunks.length()) + "WEBP" + chunks);
    }

    private static String riffChunk(String type, String data) {
        return type + u32LittleEndian(data.length()) + data + (data.length() % 2 == 1 ? "\0" : "");
    }

    static byte[] gif(int width, int height) {
        return bytes("GIF89a" + u16LittleEndian(width) + u16LittleEndian(height) + "\0\0\0;");
    }

    static byte[] avif(List<int[]> sizes) {
        return avif(sizes, box("mdat", "\0\0"));
    }

    static byte[] avifWith(String box, String content) {
        return avif(List.of(new int[] {2, 3}), box(box, content));
    }

    static byte[] avifWithManifest() {
        return avifWith("uuid", C2PA_UUID + "\0\0\0\0manifest");
    }

    private static byte[] avif(List<int[]> sizes, String further) {
        var properties = new StringBuilder();
        sizes.forEach(size -> properties.append(box("ispe", u32(0) + u32(size[0]) + u32(size[1]))));
        return bytes(box("ftyp", "avif" + u32(0) + "mif1avif")
                + box("meta", u32(0) + box("hdlr", u32(0)) + box("iprp", box("ipco", properties.toString())))
                + further);
    }

    private static String box(String type, String content) {
        return u32(8 + content.length()) + type + content;
    }

    private static String u32(int value) {
        return latin1(ByteBuffer.allocate(4).putInt(value).array());
    }

    private static String u16(int value) {
        return latin1(ByteBuffer.allocate(2).putShort((short) value).array());
    }

    private static String u32LittleEndian(int value) {
        return latin1(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private static String u24(int value) {
        return u32LittleEndian(value).substring(0, 3);
    }

    private static String u16LittleEndian(int value) {
        return u32LittleEndian(value).substring(0, 2);
    }

    private static String latin1(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }

    private static byte[] bytes(String latin1) {
        return latin1.getBytes(ISO_8859_1);
    }
}
