package dev.darkroom.kms;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Converts signatures with the curve P-256 to the form of JSON Web Signatures: two numbers of 32 bytes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7518#section-3.4">RFC 7518, ECDSA</a>
 */
final class EcdsaSignature {

    private static final int NUMBER = 32;
    private static final byte SEQUENCE = 0x30;
    private static final byte INTEGER = 0x02;

    private EcdsaSignature() {}

    /**
     * {@code der} is a sequence of two integers in DER, at most 72 bytes long, so that each length is one byte.
     *
     * @throws RuntimeException when it is none
     */
    static byte[] ofDer(byte[] der) {
        check(der[0] == SEQUENCE && der[1] == der.length - 2);
        var first = integer(der, 2);
        var second = integer(der, 4 + first.length);
        check(first.length + second.length + 6 == der.length);
        var signature = new byte[2 * NUMBER];
        put(first, signature, NUMBER);
        put(second, signature, 2 * NUMBER);
        return signature;
    }

    private static byte[] integer(byte[] der, int at) {
        check(der[at] == INTEGER && der[at + 1] > 0 && der[at + 1] <= NUMBER + 1);
        return Arrays.copyOfRange(der, at + 2, at + 2 + der[at + 1]);
    }

    /** Writes the number so that it ends at {@code end}. DER has a zero before a high bit, and no other zeros. */
    private static void put(byte[] integer, byte[] signature, int end) {
        var number = new BigInteger(integer);
        check(number.signum() > 0 && number.bitLength() <= Byte.SIZE * NUMBER);
        int from = integer[0] == 0 ? 1 : 0;
        System.arraycopy(integer, from, signature, end - (integer.length - from), integer.length - from);
    }

    private static void check(boolean isValid) {
        if (!isValid) {
            throw new IllegalArgumentException("not a signature with the curve P-256 in DER");
        }
    }
}
