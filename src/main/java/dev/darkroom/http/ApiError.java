package dev.darkroom.http;

import dev.darkroom.core.account.KeyRole;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.SpendLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a request was refused or failed. A {@link Dialect} writes it in its own format.
 *
 * @param message for people: a sentence, or the violations in one line
 * @param violations one for each field that is wrong; none when no field is to blame
 * @param headers of the response, by lower-case name
 * @param id of the generation that may have been stored although this is an error; empty when nothing was stored
 * @param budget the limit that the request does not fit into; empty for any other error
 */
public record ApiError(
        ErrorCode code,
        String message,
        List<Violation> violations,
        Map<String, String> headers,
        Optional<GenerationId> id,
        Optional<BudgetView> budget) {

    private static final Map<String, String> FINAL = Map.of("x-should-retry", "false");
    private static final Map<String, String> RETRY = Map.of("retry-after", "1");
    private static final String AUTHORIZATION = "Authorization";
    private static final String SEND_KEY = "send Authorization: Bearer, and a key of this gateway";
    private static final String NO_STORE = "The gateway's table does not answer at the moment.";
    private static final String FAILED = "The gateway failed; its log has the cause.";

    /** An error that no field of the request is to blame for. */
    public static ApiError of(ErrorCode code, String message) {
        return new ApiError(code, message, List.of(), Map.of(), Optional.empty(), Optional.empty());
    }

    /** {@code message} continues a sentence that begins with the field. */
    public static ApiError of(ErrorCode code, String field, String message) {
        return of(code, List.of(new Violation(field, message)));
    }

    public static ApiError of(ErrorCode code, List<Violation> violations) {
        var message = violations.stream()
                .map(violation -> violation.field() + " " + violation.message())
                .collect(Collectors.joining("; "));
        return new ApiError(code, message, violations, Map.of(), Optional.empty(), Optional.empty());
    }

    /** {@code hint} says why, or what there is instead. */
    public static ApiError noRoute(String hint) {
        return of(ErrorCode.ROUTE_NOT_FOUND, "path", "does not exist: " + hint)
                .with("There is no such endpoint: %s.".formatted(hint));
    }

    public static ApiError wrongMethod(String allowed) {
        return of(ErrorCode.METHOD_NOT_ALLOWED, "method", "must be " + allowed + " here")
                .with("This path takes %s.".formatted(allowed))
                .with(Map.of("allow", HttpResponses.allow(allowed)));
    }

    /** The request has no API key. */
    public static ApiError noKey() {
        return unauthorized("is required", "The request has no API key");
    }

    /** The request has something else than a stored API key. */
    public static ApiError invalidKey() {
        return unauthorized("has no valid API key", "The API key is not valid");
    }

    private static ApiError unauthorized(String violation, String sentence) {
        return of(ErrorCode.UNAUTHORIZED, AUTHORIZATION, "%s: %s".formatted(violation, SEND_KEY))
                .with("%s: %s.".formatted(sentence, SEND_KEY))
                .with(Map.of("www-authenticate", "Bearer"));
    }

    /** The token is valid, but its {@code claim} is not the name of an owner. */
    public static ApiError tokenWithoutOwner(String claim) {
        return of(
                        ErrorCode.UNAUTHORIZED,
                        AUTHORIZATION,
                        "has a token whose claim %s is not 1 to 63 lower-case letters, digits and inner hyphens"
                                .formatted(claim))
                .with(
                        "The token names no owner: its claim %s is not 1 to 63 lower-case letters, digits and inner hyphens."
                                .formatted(claim))
                .with(Map.of("www-authenticate", "Bearer"));
    }

    /** The request's API key was disabled. */
    public static ApiError keyDisabled() {
        return of(ErrorCode.KEY_DISABLED, AUTHORIZATION, "has a key that is disabled")
                .with("The API key is disabled: use another key.");
    }

    /** The request's API key has expired. */
    public static ApiError keyExpired() {
        return of(ErrorCode.KEY_EXPIRED, AUTHORIZATION, "has a key that has expired")
                .with("The API key has expired: use another key.");
    }

    /** The request's API key may not do this; {@code needed} is the least role that may. */
    public static ApiError roleNotAllowed(KeyRole needed) {
        return of(ErrorCode.ROLE_NOT_ALLOWED, AUTHORIZATION, "has a key without the role " + needed.title())
                .with("The API key may not do this: use a key with the role %s.".formatted(needed.title()));
    }

    /** No row of the caller has this id. */
    public static ApiError noGeneration() {
        return of(ErrorCode.GENERATION_NOT_FOUND, "id", "is not the id of a generation")
                .with("There is no generation with this id.");
    }

    /** The price does not fit into this limit until {@code resetsAt}, so a client must not repeat the request. */
    public static ApiError overBudget(SpendLimit limit, BudgetUse use, Optional<Instant> resetsAt) {
        var budget = BudgetView.of(limit, use, resetsAt);
        return new ApiError(
                ErrorCode.BUDGET_EXCEEDED, budget.sentence(), List.of(), FINAL, Optional.empty(), Optional.of(budget));
    }

    /** A limit applies, and no price is established for this model. */
    public static ApiError unpriced(ModelId model) {
        return of(ErrorCode.PRICE_UNKNOWN, "model", "has no price")
                .with(("No price is established for %s, and a budget applies: without a price the request is not sent."
                                + " Use a model with a price (GET /api/v3/models lists them), or have the operator add one to the model's file.")
                        .formatted(model))
                .with(FINAL);
    }

    public static ApiError queueFull(Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.toSeconds());
        return of(ErrorCode.QUEUE_FULL, "Too many of your requests are waiting. Try again in %d s.".formatted(seconds))
                .with(Map.of("retry-after", Long.toString(seconds)));
    }

    /** {@code reason} is a sentence about why there is no balance; until {@code retryAfter} it is the same. */
    public static ApiError noBalance(ErrorCode code, String reason, Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        return of(code, "%s Try again in %d s.".formatted(reason, seconds))
                .with(Map.of("retry-after", Long.toString(seconds)));
    }

    public static ApiError storeUnavailable() {
        return of(ErrorCode.STORE_UNAVAILABLE, NO_STORE + " Try again.").with(RETRY);
    }

    public static ApiError internal() {
        return of(ErrorCode.INTERNAL_ERROR, FAILED);
    }

    /** The generation may have been stored; {@code resultPath} is where to read it before sending the request again. */
    public static ApiError storeUnavailable(GenerationId id, String resultPath) {
        return of(ErrorCode.STORE_UNAVAILABLE, NO_STORE + mayBeStored(resultPath))
                .with(RETRY)
                .with(id);
    }

    /** The generation may have been stored; {@code resultPath} is where to read it before sending the request again. */
    public static ApiError internal(GenerationId id, String resultPath) {
        return of(ErrorCode.INTERNAL_ERROR, FAILED + mayBeStored(resultPath)).with(id);
    }

    private static String mayBeStored(String resultPath) {
        return " The request may have been stored: read %s before you send it again.".formatted(resultPath);
    }

    private ApiError with(String sentence) {
        return new ApiError(code, sentence, violations, headers, id, budget);
    }

    private ApiError with(Map<String, String> others) {
        return new ApiError(code, message, violations, others, id, budget);
    }

    /** The same error about a generation that may be stored. */
    public ApiError with(GenerationId stored) {
        return new ApiError(code, message, violations, headers, Optional.of(stored), budget);
    }

    /** The same error about a stored generation, with what it costs as a header. */
    public ApiError about(Generation stored) {
        var all = new HashMap<>(headers);
        all.putAll(CostView.header(CostView.of(stored)));
        return with(all).with(stored.id());
    }
}
