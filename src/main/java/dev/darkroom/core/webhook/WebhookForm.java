package dev.darkroom.core.webhook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In which form a webhook is written and signed. */
public enum WebhookForm {
    /** The gateway's own body, signed by Standard Webhooks. */
    STANDARD,
    /** As the provider, whose API the caller uses, sends its webhooks. */
    PROVIDER;

    /** The name as it is stored. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<WebhookForm> parse(String text) {
        return Arrays.stream(values()).filter(form -> form.title().equals(text)).findFirst();
    }
}
