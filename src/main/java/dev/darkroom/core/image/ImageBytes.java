package dev.darkroom.core.image;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/** The bytes of one image file, {@value #MAX_BYTES} at most, which never change. */
public final class ImageBytes {

    /** 32 MB. A larger file is not kept. */
    public static final int MAX_BYTES = 32 * 1024 * 1024;

    private final byte[] bytes;

    /** {@code bytes} is not copied, so its owner must not change it. Throws an {@link IllegalArgumentException}. */
    public ImageBytes(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("an image has 32 MB at most");
        }
        this.bytes = bytes;
    }

    public int size() {
        return bytes.length;
    }

    /** The bytes themselves, because a copy would double the memory of an image. The caller must not change them. */
    public byte[] array() {
        return bytes;
    }

    public InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }

    void update(MessageDigest digest) {
        digest.update(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ImageBytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
