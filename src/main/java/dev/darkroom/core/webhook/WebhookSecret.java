package dev.darkroom.core.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** A secret that webhooks are signed with: {@code whsec_} and the base64 of 24 to 64 bytes. It is never logged. */
public record WebhookSecret(String value) {

    /** How many random bytes a new secret has. */
    public static final int BYTES = 32;

    private static final String PREFIX = "whsec_";
    private static final Pattern FORM = Pattern.compile("whsec_[A-Za-z0-9+/]{32,86}={0,2}");

    public WebhookSecret {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a secret is whsec_ and the base64 of 24 to 64 bytes");
        }
    }

    public static WebhookSecret of(byte[] random) {
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(random));
    }

    /** The key of Standard Webhooks. */
    byte[] decoded() {
        return Base64.getDecoder().decode(undecoded());
    }

    /** The key of providers that take the text as it is. */
    byte[] textual() {
        return undecoded().getBytes(StandardCharsets.UTF_8);
    }

    private String undecoded() {
        return value.substring(PREFIX.length());
    }

    @Override
    public String toString() {
        return "whsec_…";
    }
}
