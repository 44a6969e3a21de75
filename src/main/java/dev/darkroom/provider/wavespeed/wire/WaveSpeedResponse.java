package dev.darkroom.provider.wavespeed.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.httpclient.HttpOutcome.Answered;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the provider answered, with the quirks of its envelope {@code {code, message, data}}.
 *
 * @param httpStatus of the answer itself
 * @param retryAfter the header as received, null when there is none
 * @param envelope missing when the body is not JSON (HTML behind a 502, for example)
 */
public record WaveSpeedResponse(int httpStatus, @Nullable String retryAfter, JsonNode envelope) {

    private static final int OK = 200;

    /** Terms that always mean a lack of credit. */
    private static final Pattern MONEY =
            Pattern.compile("\\b(billing|quotas?|payments?|top[- ]?up|recharge|arrears|afford|insufficient funds)\\b");

    /**
     * Terms that mean a lack of credit only beside one of {@link #LACK}: a prompt may ask for a white balance or a
     * photo credit.
     */
    private static final Pattern PERHAPS_MONEY = Pattern.compile("\\b(credits?|balances?|funds?)\\b");

    private static final Pattern LACK =
            Pattern.compile("insufficient|not (enough|sufficient)|exceed|exhaust|deplet|declined"
                    + "|\\b(too (low|little|few|small)|low|below|no|zero|0|empty|negative|missing|lack|lacks|need|needs|more|add|buy"
                    + "|purchase|refill|required|r[au]n out|out of|used up|overdue|unpaid|past due|account)\\b");

    public static WaveSpeedResponse of(Answered answered) {
        return new WaveSpeedResponse(
                answered.status(),
                answered.header("retry-after").filter(value -> !value.isEmpty()).orElse(null),
                ProviderJson.read(answered.body()));
    }

    /** The HTTP status, unless a success has another {@code code} in its envelope: then that code counts. */
    int status() {
        var code = envelope.path("code");
        int said = code.asInt(OK);
        return httpStatus / 100 == 2 && said != OK ? said : httpStatus;
    }

    public boolean isSuccess() {
        return status() / 100 == 2;
    }

    /**
     * The provider is down or refuses all calls for now. A 502 or 504 does not count, because it can concern one
     * request only.
     */
    boolean isOutage() {
        return !isSuccess() && (status() == 429 || status() == 503 || retryAfter != null);
    }

    Prediction prediction() {
        return new Prediction(envelope.path("data"));
    }

    /** Without credit the provider answers 402 or, as was observed, 400 with a sentence; a 403 is as likely. */
    boolean isInsufficientCredits() {
        var said = (message() + ' ' + envelope.path("error_code").asText(""))
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ');
        return switch (status()) {
            case 402 -> true;
            case 400, 403 ->
                MONEY.matcher(said).find()
                        || (PERHAPS_MONEY.matcher(said).find()
                                && LACK.matcher(said).find());
            default -> false;
        };
    }

    /** A 404 in the provider's own envelope; a 404 of a proxy in between says nothing about the prediction. */
    boolean isProvidersNotFound() {
        return status() == 404 && envelope.path("code").asInt() == 404;
    }

    String message() {
        var message = ErrorText.of(envelope.path("message"));
        return message.isEmpty() ? ErrorText.of(envelope.path("error")) : message;
    }
}
