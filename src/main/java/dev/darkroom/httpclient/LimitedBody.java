package dev.darkroom.httpclient;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reads bodies of an unknown length into memory. A body is read in pieces, which are joined at its end, so it needs
 * twice its memory for a moment. Only one large body at a time is joined: bodies that are read at the same time need
 * their own memory and that of one more.
 */
final class LimitedBody {

    private static final int SMALLEST_PIECE = 8 * 1024;
    private static final int LARGEST_PIECE = 256 * 1024;
    private static final int LARGE = 1024 * 1024;

    private static final Lock JOINING = new ReentrantLock();

    private LimitedBody() {}

    /** Reads to the end, or until there is one byte more than {@code largest}. */
    static byte[] read(InputStream in, int largest) throws IOException {
        var pieces = new ArrayList<byte @Nullable []>();
        int length = 0;
        for (int size = pieceSize(length, largest); size > 0; size = pieceSize(length, largest)) {
            var piece = in.readNBytes(size);
            pieces.add(piece);
            length += piece.length;
            if (piece.length < size) {
                break;
            }
        }
        if (length < LARGE) {
            return joined(pieces, length);
        }
        JOINING.lock();
        try {
            return joined(pieces, length);
        } finally {
            JOINING.unlock();
        }
    }

    /** As much as there is already, so that small bodies need little memory and large ones few pieces. */
    private static int pieceSize(int length, int largest) {
        int left = largest + 1 - length;
        return Math.min(left, Math.clamp(length, SMALLEST_PIECE, LARGEST_PIECE));
    }

    private static byte[] joined(List<byte @Nullable []> pieces, int length) {
        var body = new byte[length];
        int at = 0;
        for (int i = 0; i < pieces.size(); i++) {
            var piece = pieces.get(i);
            if (piece != null) {
                System.arraycopy(piece, 0, body, at, piece.length);
                at += piece.length;
            }
            // Lets the piece be collected before the next body is joined.
            pieces.set(i, null);
        }
        return body;
    }
}
