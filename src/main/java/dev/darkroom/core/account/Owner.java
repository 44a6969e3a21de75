package dev.darkroom.core.account;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The owner of generations: the name that an API key was created for, 1 to 63 lower-case letters, digits and hyphens.
 */
public record Owner(String value) {

    private static final Pattern FORM = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public Owner {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("an owner is 1 to 63 lower-case letters, digits and inner hyphens");
        }
    }

    /** Parses an owner; empty when the text is not a valid name. */
    public static Optional<Owner> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Owner(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
