package dev.darkroom.http.image;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.archive.FindImage;
import dev.darkroom.core.archive.FindImage.Found;
import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.archive.ImageSource;
import dev.darkroom.core.archive.Origin;
import dev.darkroom.core.archive.SigningUnavailableException;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.HttpErrorBoundary;
import dev.darkroom.http.HttpResponses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;

/**
 * {@code GET /images/{id}/{token}/{file}}: redirects a link to the image, wherever the image is now. The token in the
 * link takes the place of an API key. With {@code ?download=1} a browser saves the image. The same path with {@code
 * /receipt} answers a signed receipt of the image.
 */
@Named("get-image")
@ApplicationScoped
public class GetImageHandler implements RequestHandler<JsonNode, JsonNode> {

    /** A presigned URL ends with the credentials of this function's role, so it is made for one redirect. */
    private static final Duration VALID = Duration.ofMinutes(15);

    /** Shorter than {@link #VALID}, so that a cached redirect works. */
    private static final String WHILE_VALID = "private, max-age=600";

    /** Soon the image is copied. */
    private static final String UNTIL_COPIED = "private, max-age=5";

    private final FindImage findImage;
    private final ImageArchive archive;
    private final ImageSource source;
    private final Receipts receipts;
    private final HttpErrorBoundary boundary;

    public GetImageHandler(
            FindImage findImage,
            ImageArchive archive,
            ImageSource source,
            Receipts receipts,
            HttpErrorBoundary boundary) {
        this.findImage = findImage;
        this.archive = archive;
        this.source = source;
        this.receipts = receipts;
        this.boundary = boundary;
    }

    @Override
    public JsonNode handleRequest(JsonNode event, Context context) {
        var request = new ApiGatewayRequest(event);
        return boundary.run(context, request, ImageErrors.INSTANCE, () -> answer(request));
    }

    private ObjectNode answer(ApiGatewayRequest request) {
        if (request.method().equals("OPTIONS")) {
            return HttpResponses.options("GET");
        }
        if (request.routeKey().endsWith("/receipt")) {
            return receipt(request);
        }
        return switch (find(request)) {
            case Found.Kept(var key, var origin) -> toArchive(request, key, origin);
            case Found.AtProvider(var url) -> toProvider(url);
            case Found.Gone() -> gone();
            case Found.Unknown() -> unknown();
        };
    }

    private Found find(ApiGatewayRequest request) {
        return findImage.find(
                request.pathParameter("id"), request.pathParameter("token"), request.pathParameter("file"));
    }

    private ObjectNode receipt(ApiGatewayRequest request) {
        if (!receipts.areOn()) {
            return HttpResponses.error(
                    ApiError.noRoute("receipts are off, because the gateway has no key for them"),
                    ImageErrors.INSTANCE);
        }
        return switch (find(request)) {
            case Found.Kept(var _, var origin) -> receiptOf(origin);
            case Found.AtProvider _ ->
                error(ErrorCode.IMAGE_NOT_FOUND, "The image is not copied, so there is no receipt of it.");
            case Found.Gone() -> gone();
            case Found.Unknown() -> unknown();
        };
    }

    private ObjectNode receiptOf(Origin origin) {
        try {
            return HttpResponses.ok(receipts.of(origin).toString());
        } catch (SigningUnavailableException e) {
            return boundary.failed(
                    e,
                    ApiError.of(ErrorCode.SIGNING_UNAVAILABLE, "The key of the receipts cannot be used at the moment."),
                    ImageErrors.INSTANCE);
        }
    }

    private static ObjectNode unknown() {
        return error(
                ErrorCode.IMAGE_NOT_FOUND, "There is no such image. The link has to be exactly as it was given out.");
    }

    private ObjectNode toArchive(ApiGatewayRequest request, ImageKey key, Origin origin) {
        var address = request.method().equals("HEAD")
                ? archive.linkOfHead(key, VALID)
                : archive.link(key, VALID, downloadName(request, origin));
        return HttpResponses.found(address.toString(), WHILE_VALID);
    }

    /**
     * The name has the generation's id, because many images are number 0. Its ending is that of the file's type,
     * whatever the provider's address says.
     */
    private static Optional<String> downloadName(ApiGatewayRequest request, Origin origin) {
        var number = request.pathParameter("file").replaceFirst("\\..*", "");
        return request.queryValues("download").contains("1")
                ? Optional.of("%s-%s.%s"
                        .formatted(
                                request.pathParameter("id"),
                                number,
                                origin.facts().type().extension()))
                : Optional.empty();
    }

    /** Programs follow a link that they trust, so it leads to no address that the gateway itself would not open. */
    private ObjectNode toProvider(String url) {
        try {
            var address = new URI(url);
            return source.problem(address).isEmpty()
                    ? HttpResponses.found(address.toASCIIString(), UNTIL_COPIED)
                    : gone();
        } catch (URISyntaxException _) {
            return gone();
        }
    }

    private static ObjectNode gone() {
        return error(ErrorCode.IMAGE_GONE, "The image was deleted or has expired.");
    }

    private static ObjectNode error(ErrorCode code, String message) {
        return HttpResponses.error(ApiError.of(code, message), ImageErrors.INSTANCE);
    }
}
