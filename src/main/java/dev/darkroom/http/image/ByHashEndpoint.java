package dev.darkroom.http.image;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.archive.FindByContent;
import dev.darkroom.core.image.ContentHash;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.Dialect;
import dev.darkroom.http.ErrorCode;
import dev.darkroom.http.HttpResponses;
import jakarta.inject.Singleton;

/** {@code GET /v1/images/by-hash/{sha256}}: which of the caller's own generations made a file. */
@Singleton
public class ByHashEndpoint {

    /** In which all errors of the route are written. */
    public static final Dialect DIALECT = ImageErrors.INSTANCE;

    private final FindByContent findByContent;

    public ByHashEndpoint(FindByContent findByContent) {
        this.findByContent = findByContent;
    }

    /** {@code hash} is as it was sent. */
    public ObjectNode answer(Owner owner, String hash) {
        return ContentHash.parse(hash)
                .flatMap(content -> findByContent.find(owner, content))
                .map(origin -> HttpResponses.ok(OriginView.of(origin).toString()))
                .orElseGet(() -> HttpResponses.error(
                        ApiError.of(ErrorCode.IMAGE_NOT_FOUND, "None of your images that are kept has this content."),
                        DIALECT));
    }
}
