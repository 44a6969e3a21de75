package dev.darkroom.core.image.inspect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The bytes of a file, or a part of them. Each method throws an {@link IndexOutOfBoundsException} beyond the end. */
final class Bytes {

    /** In bytes. The texts of a header are shorter, and one of a whole file would need several times its memory. */
    private static final int MAX_TEXT = 64 * 1024;

    private final byte[] array;
    private final int from;
    private final int length;

    Bytes(byte[] array) {
        this(array, 0, array.length);
    }

    private Bytes(byte[] array, int from, int length) {
        this.array = array;
        this.from = from;
        this.length = length;
    }

    int length() {
        return length;
    }

    Bytes part(int at, int size) {
        Objects.checkFromIndexSize(at, size, length);
        return new Bytes(array, from + at, size);
    }

    /** From here to the end, {@code limit} bytes at most. */
    Bytes rest(int at, int limit) {
        Objects.checkIndex(at, length + 1);
        return part(at, Math.min(limit, length - at));
    }

    int u8(int at) {
        return array[from + Objects.checkIndex(at, length)] & 0xFF;
    }

    int u16(int at) {
        return (u8(at) << 8) | u8(at + 1);
    }

    int u16LittleEndian(int at) {
        return u8(at) | (u8(at + 1) << 8);
    }

    int u24LittleEndian(int at) {
        return u16LittleEndian(at) | (u8(at + 2) << 16);
    }

    long u32(int at) {
        return ordered(at, ByteOrder.BIG_ENDIAN);
    }

    long u32LittleEndian(int at) {
        return ordered(at, ByteOrder.LITTLE_ENDIAN);
    }

    private long ordered(int at, ByteOrder order) {
        Objects.checkFromIndexSize(at, 4, length);
        return Integer.toUnsignedLong(
                ByteBuffer.wrap(array, from + at, 4).order(order).getInt());
    }

    /** A size in pixels; 0, which no image has, when it does not fit. */
    int pixels(int at) {
        long value = u32(at);
        return value > Integer.MAX_VALUE ? 0 : (int) value;
    }

    /** Whether these bytes are at this place; false beyond the end. */
    boolean has(int at, String latin1) {
        if (at < 0 || at > length - latin1.length()) {
            return false;
        }
        for (int i = 0; i < latin1.length(); i++) {
            if (u8(at + i) != latin1.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The first place of these bytes; -1 when there is none. */
    int find(String latin1) {
        int last = length - latin1.length();
        for (int at = 0; at <= last; at++) {
            if (has(at, latin1)) {
                return at;
            }
        }
        return -1;
    }

    /** The place of the next zero byte; the length when there is none. */
    int zeroFrom(int at) {
        int place = at;
        while (place < length && u8(place) != 0) {
            place++;
        }
        return place;
    }

    /** The text, of which only the first 64 KB are read. */
    String latin1() {
        return text(StandardCharsets.ISO_8859_1);
    }

    /** The text, of which only the first 64 KB are read. */
    String utf8() {
        return text(StandardCharsets.UTF_8);
    }

    private String text(Charset charset) {
        return new String(array, from, Math.min(length, MAX_TEXT), charset);
    }
}
