package dev.darkroom.http.wavespeed.catalogue;

import java.util.Arrays;
import java.util.Optional;

/** The endpoints of this package, by their paths after {@code /api/v3/}. */
public enum CatalogueRoute {
    MODELS("GET", "models"),
    PRICE("POST", "model/price"),
    UNIT_PRICE("POST", "model/pricing"),
    BALANCE("GET", "balance");

    private final String method;
    private final String path;

    CatalogueRoute(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** The method that it takes. */
    public String method() {
        return method;
    }

    /** The endpoint at this path; empty when it is not one of these. */
    public static Optional<CatalogueRoute> at(String path) {
        return Arrays.stream(values()).filter(route -> route.path.equals(path)).findFirst();
    }
}
