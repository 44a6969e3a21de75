package dev.darkroom.http;

import dev.darkroom.core.account.KeyRole;
import dev.darkroom.core.catalogue.Violation;
import java.util.List;
import java.util.Optional;

/**
 * The query parameter {@code dry_run=true} of submissions: the answer says what the request would cost, and nothing is
 * stored. It is no preference in a header, because a server may ignore a preference that it does not know, and would
 * then generate and bill the images.
 */
public final class DryRun {

    public static final String NAME = "dry_run";

    private DryRun() {}

    public static boolean isWanted(ApiGatewayRequest request) {
        return request.queryValues(NAME).equals(List.of("true"));
    }

    /** The least role of a key that may send the submission: one that is only asked about stores nothing. */
    public static KeyRole neededRole(ApiGatewayRequest request) {
        return isWanted(request) ? KeyRole.READ : KeyRole.GENERATE;
    }

    /** What is wrong with the parameter, if the request has it. */
    public static Optional<Violation> violation(ApiGatewayRequest request) {
        return request.queryParameters().contains(NAME) && !isWanted(request)
                ? Optional.of(new Violation(NAME, "must be true, or left out"))
                : Optional.empty();
    }
}
