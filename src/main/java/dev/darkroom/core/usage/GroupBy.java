package dev.darkroom.core.usage;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.Owner;
import java.util.Optional;

/** What the lines of a report stand for. */
public sealed interface GroupBy {

    /** The group's name in the report; empty for what has none, such as a request without the metadata. */
    Optional<String> nameOf(UsageGroup group);

    record Day() implements GroupBy {
        @Override
        public Optional<String> nameOf(UsageGroup group) {
            return Optional.of(group.day().toString());
        }
    }

    record ByOwner() implements GroupBy {
        @Override
        public Optional<String> nameOf(UsageGroup group) {
            return Optional.of(group.owner()).map(Owner::value);
        }
    }

    /** By the ids of the API keys; requests of workflows have none. */
    record Key() implements GroupBy {
        @Override
        public Optional<String> nameOf(UsageGroup group) {
            return group.key().map(ApiKeyId::value);
        }
    }

    record Model() implements GroupBy {
        @Override
        public Optional<String> nameOf(UsageGroup group) {
            return Optional.of(group.model().value());
        }
    }

    /** By the values of a counted name of metadata. */
    record Noted(String name) implements GroupBy {
        @Override
        public Optional<String> nameOf(UsageGroup group) {
            return Optional.ofNullable(group.metadata().get(name));
        }
    }

    /** Parses {@code day}, {@code owner}, {@code key}, {@code model} or {@code metadata.<name>}; else empty. */
    static Optional<GroupBy> parse(String text) {
        return switch (text) {
            case "day" -> Optional.of(new Day());
            case "owner" -> Optional.of(new ByOwner());
            case "key" -> Optional.of(new Key());
            case "model" -> Optional.of(new Model());
            default ->
                text.startsWith(PREFIX) && text.length() > PREFIX.length()
                        ? Optional.of(new Noted(text.substring(PREFIX.length())))
                        : Optional.empty();
        };
    }

    /** What the name of metadata follows. */
    String PREFIX = "metadata.";
}
