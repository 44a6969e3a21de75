package dev.darkroom.core.joining;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the calls have in common that a request may join: a digest of the owner, the route and the request. 64
 * lower-case hexadecimal digits.
 */
public record CallKey(String digest) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public CallKey {
        if (!FORM.matcher(digest).matches()) {
            throw new IllegalArgumentException("the key of a call is 64 lower-case hexadecimal digits");
        }
    }

    /** {@code request} is valid and has its defaults, so that two bodies with the same meaning have the same key. */
    public static CallKey of(Owner owner, String route, GenerationRequest request) {
        var digest = Sha256.digest();
        Stream.concat(
                        Stream.of(
                                owner.value(),
                                route,
                                request.model().value(),
                                request.input(),
                                Integer.toString(request.copies())),
                        request.metadata().pairs().entrySet().stream()
                                .flatMap(pair -> Stream.of(pair.getKey(), pair.getValue())))
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .forEach(part -> {
                    // The length goes first, so that ("ab", "c") and ("a", "bc") differ.
                    digest.update((part.length + ":").getBytes(StandardCharsets.UTF_8));
                    digest.update(part);
                });
        return new CallKey(HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public String toString() {
        return digest;
    }
}
