package dev.darkroom.http.wavespeed.listing;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.listing.ListGenerations;
import dev.darkroom.core.listing.ListGenerations.Listing;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.PublicUrl;
import dev.darkroom.http.QueryParameters;
import dev.darkroom.http.RequestJson;
import dev.darkroom.http.wavespeed.wire.GenerationViews;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** {@code POST /api/v3/predictions}: the list of the caller's own generations. */
@Singleton
public class ListEndpoint {

    private static final String TOO_FAR =
            "is too far: page times page_size is at most %d, and with a filter about 1000 generations are read;"
                            .formatted(ListGenerations.MAX_REACH)
                    + " go on with next_cursor";

    private final ListGenerations listGenerations;
    private final GenerationViews views;

    public ListEndpoint(ListGenerations listGenerations, GenerationViews views) {
        this.listGenerations = listGenerations;
        this.views = views;
    }

    /** Apart, so that a process on the JVM makes it only if it answers a list. */
    private static final class Body {
        static final ObjectWriter WRITER = WaveSpeedDialect.writerFor(ListView.Envelope.class);
    }

    public ObjectNode answer(ApiGatewayRequest request, Owner owner) {
        var query = QueryParameters.violations(request);
        if (!query.isEmpty()) {
            return WaveSpeedDialect.error(ApiError.of(ErrorCode.INVALID_INPUT, query));
        }
        return switch (RequestJson.of(request)) {
            case RequestJson.Refused(var code, var violation) ->
                WaveSpeedDialect.error(ApiError.of(code, List.of(violation)));
            case RequestJson.Read(var object) -> answer(request, ListRequest.of(owner, object));
        };
    }

    private ObjectNode answer(ApiGatewayRequest request, ListRequest asked) {
        return switch (asked) {
            case ListRequest.Refused(var violations) ->
                WaveSpeedDialect.error(ApiError.of(ErrorCode.INVALID_INPUT, violations));
            case ListRequest.Accepted accepted -> answer(accepted, views.address(request));
        };
    }

    private ObjectNode answer(ListRequest.Accepted asked, PublicUrl address) {
        return switch (listGenerations.list(asked.query())) {
            case Listing.Page page -> ok(asked, page, address);
            case Listing.TooFar() -> WaveSpeedDialect.error(ApiError.of(ErrorCode.INVALID_INPUT, "page", TOO_FAR));
            case Listing.TooLarge(var fitting) ->
                WaveSpeedDialect.error(ApiError.of(
                        ErrorCode.INVALID_INPUT,
                        "page_size",
                        "is too large for these generations, whose texts have more than 2 MB: use at most %d"
                                .formatted(fitting)));
        };
    }

    private ObjectNode ok(ListRequest.Accepted asked, Listing.Page page, PublicUrl address) {
        var items = page.rows().stream()
                .map(row -> item(row, asked.query().withInputs(), address))
                .toList();
        var cursor = page.next().map(ListCursor::of).orElse(null);
        var envelope = new ListView.Envelope(200, "success", new ListView(asked.page(), items, cursor));
        return HttpResponses.ok(WaveSpeedDialect.write(Body.WRITER, envelope));
    }

    /** Without the position in the queue, which would have to be read for each provider, and without warnings. */
    private ListView.Item item(Generation row, boolean withInputs, PublicUrl address) {
        var view = views.of(row, Optional.empty(), address, Notices.NONE);
        return new ListView.Item(
                view, view.timings().inference(), withInputs ? row.request().input() : null);
    }
}
