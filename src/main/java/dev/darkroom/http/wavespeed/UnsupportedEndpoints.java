package dev.darkroom.http.wavespeed;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Endpoints of the provider that the gateway does not have. Without this list their paths would be read as models. */
final class UnsupportedEndpoints {

    private record Group(Pattern path, String reason) {}

    private static final List<Group> GROUPS = List.of(
            group("media(/.*)?", "this gateway takes no uploads"),
            group("models/.*", "this gateway lists all its models at GET /api/v3/models"),
            group("webhook(/.*)?", "the secret of webhooks is at GET /api/v3/webhook/secret"),
            group("billings(/.*)?", "this gateway has no billing records"),
            group("(user|account)(/.*)?", "this gateway has no usage statistics or accounts"));

    private UnsupportedEndpoints() {}

    /**
     * Why the gateway has no endpoint at the path, which starts after {@code /api/v3/}; empty for a path that the
     * provider does not have either.
     */
    static Optional<String> reason(String path) {
        return GROUPS.stream()
                .filter(group -> group.path().matcher(path).matches())
                .map(Group::reason)
                .findFirst();
    }

    private static Group group(String path, String reason) {
        return new Group(Pattern.compile(path), reason);
    }
}
