package dev.darkroom.http.wavespeed.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Caller;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.Dialect;
import jakarta.inject.Singleton;

/** All endpoints of this package. */
@Singleton
public class CatalogueEndpoints {

    private final ModelsEndpoint models;
    private final PriceEndpoint price;
    private final BalanceEndpoint balance;

    public CatalogueEndpoints(ModelsEndpoint models, PriceEndpoint price, BalanceEndpoint balance) {
        this.models = models;
        this.price = price;
        this.balance = balance;
    }

    /** {@code dialect} writes the errors. */
    public ObjectNode answer(CatalogueRoute route, ApiGatewayRequest request, Caller caller, Dialect dialect) {
        return switch (route) {
            case MODELS -> models.answer(request);
            case PRICE -> price.answer(request, PriceView::json, dialect);
            case UNIT_PRICE -> price.answer(request, UnitPriceView::json, dialect);
            case BALANCE -> balance.answer(caller, dialect);
        };
    }
}
