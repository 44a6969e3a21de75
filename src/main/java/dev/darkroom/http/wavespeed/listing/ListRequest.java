package dev.darkroom.http.wavespeed.listing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.listing.ListGenerations;
import dev.darkroom.core.listing.ListGenerations.Filter;
import dev.darkroom.core.listing.ListGenerations.Query;
import dev.darkroom.core.listing.ListGenerations.Start;
import dev.darkroom.core.store.OwnerIndex.Span;
import dev.darkroom.http.MetadataField;
import dev.darkroom.http.wavespeed.wire.GenerationView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The body of {@code POST /api/v3/predictions}: the provider's members, and {@code cursor} and {@code metadata}.
 *
 * @see <a href="https://wavespeed.ai/docs/docs-common-api/predictions">Predictions API</a>
 */
sealed interface ListRequest {

    /** {@code page} is the number that the answer repeats. */
    record Accepted(Query query, int page) implements ListRequest {}

    record Refused(List<Violation> violations) implements ListRequest {}

    List<String> MEMBERS = List.of(
            "page",
            "page_size",
            "model",
            "status",
            "created_after",
            "created_before",
            "include_inputs",
            "cursor",
            "metadata");

    /** The provider's statuses, and the one more that its command line offers. */
    List<String> STATUSES = List.of("created", "processing", "completed", "failed", "cancelled", "timeout", "pending");

    static ListRequest of(Owner owner, ObjectNode body) {
        var members = new BodyMembers(body, MEMBERS);
        var page = members.number("page", 1, Integer.MAX_VALUE);
        var size = members.number("page_size", 1, ListGenerations.MAX_PAGE_SIZE);
        var cursor = members.text("cursor", ListCursor::parse, "must be a next_cursor as it was answered");
        var filter = filter(members);
        boolean withInputs = members.flag("include_inputs");
        if (!members.violations().isEmpty()) {
            return new Refused(members.violations());
        }
        // A caller that names no page goes on with the cursor, so its page may end early when it becomes too large.
        var start = cursor.isEmpty() && page.isPresent() ? new Start.Numbered(page.get()) : new Start.After(cursor);
        return new Accepted(
                new Query(owner, filter, start, size.orElse(ListGenerations.MAX_PAGE_SIZE), withInputs),
                page.orElse(1));
    }

    private static Filter filter(BodyMembers members) {
        var model = members.text("model", ModelId::parse, "must be the id of a model, such as vendor/model");
        var statuses = members.text("status", ListRequest::statuses, "must be one of " + String.join(", ", STATUSES));
        return new Filter(model, statuses.orElse(Filter.NONE.statuses()), metadata(members), span(members));
    }

    /**
     * A status is known as it is shown and by its own name. No generation has the status timeout, and pending means
     * created.
     */
    private static Optional<Set<Status>> statuses(String asked) {
        var shown = asked.equals("pending") ? "created" : asked;
        return STATUSES.contains(asked)
                ? Optional.of(Stream.of(Status.values())
                        .filter(status -> GenerationView.status(status).equals(shown)
                                || status.name().toLowerCase(Locale.ROOT).equals(shown))
                        .collect(Collectors.toSet()))
                : Optional.empty();
    }

    private static Span span(BodyMembers members) {
        var from = members.text("created_after", ListTime::parse, ListTime.FORM).map(ListTime::notBefore);
        var until =
                members.text("created_before", ListTime::parse, ListTime.FORM).map(ListTime::notAfter);
        return new Span(from.orElse(Span.ALL.from()), until.orElse(Span.ALL.until()));
    }

    private static Metadata metadata(BodyMembers members) {
        var given = members.member("metadata").map(MetadataField::of);
        given.ifPresent(field -> {
            if (field instanceof MetadataField.Refused(var message)) {
                members.refuse("metadata", message);
            }
        });
        return given.flatMap(MetadataField::accepted).orElse(Metadata.NONE);
    }
}
