package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.StoreRefusedException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Counters that are no numbers, with each answer that a table may give. DynamoDB Local gives only one of them. */
class SpoiltCountersTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    private static final SpendLimit OF_KEY =
            new SpendLimit(BudgetScope.ofKey("a"), BudgetPeriod.TOTAL, new Money(1_000_000));
    private static final SpendLimit OF_DEPLOYMENT =
            new SpendLimit(BudgetScope.DEPLOYMENT, BudgetPeriod.DAY, new Money(1_000_000));
    private static final List<SpendLimit> LIMITS = List.of(OF_KEY, OF_DEPLOYMENT);

    enum Answer {
        NAMES_THE_PART,
        NAMES_NOTHING
    }

    private List<String> written = List.of();
    private @Nullable Generation existing;

    @ParameterizedTest
    @EnumSource
    void onlyTheSpoiltCounterIsLeftOutOfTheEndOfARow(Answer answer) {
        var store = store(answer, "budget#key:a");

        assertThat(store.update(held().cancelled(NOW))).isEqualTo(new GenerationStore.Update.Written());

        assertThat(written).hasSize(3).anyMatch(id -> id.startsWith("budget#deployment"));
        assertThat(written).anyMatch(id -> id.startsWith("usage#")).noneMatch(id -> id.startsWith("budget#key:a"));
    }

    @ParameterizedTest
    @EnumSource
    void aRowWhoseCountersAreAllSpoiltEnds(Answer answer) {
        var store = store(answer, "");

        assertThat(store.update(held().cancelled(NOW))).isEqualTo(new GenerationStore.Update.Written());

        assertThat(written).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void noRowIsAcceptedUnderASpoiltCounter(Answer answer) {
        var store = store(answer, "budget#key:a");

        assertThatThrownBy(() -> store.create(held(), LIMITS))
                .isInstanceOf(StoreRefusedException.class)
                .hasMessageContaining("budget#key:a#total");
        assertThat(written).isEmpty();
    }

    /** It was accepted before a counter was spoilt, and decides before any limit. */
    @Test
    void aRowThatExistsIsAnsweredUnderASpoiltCounter() {
        existing = held();

        assertThat(store(Answer.NAMES_THE_PART, "budget#key:a").create(held(), LIMITS))
                .isEqualTo(new GenerationStore.Creation.Created());
    }

    private static Generation held() {
        var windows = LIMITS.stream().map(limit -> limit.windowAt(NOW)).toList();
        var request = new GenerationRequest(new ModelId("acme/one"), new ProviderId("acme"), "{}");
        return Generation.queued(new GenerationId("0".repeat(32)), new Owner("acme"), request, NOW, 1)
                .costing(Cost.held(new Money(40_000), 1, windows, 1));
    }

    /** A store whose table refuses each transaction that changes a counter with this beginning. */
    private GenerationStore store(Answer answer, String spoilt) {
        var client = (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (_, _, arguments) -> transact(request(arguments), answer, spoilt));
        return new DynamoDbGenerationStore(client, TestTable.CONFIG, InstantSource.fixed(NOW));
    }

    @SuppressWarnings("unchecked")
    private static TransactWriteItemsRequest request(Object[] arguments) {
        var builder = TransactWriteItemsRequest.builder();
        ((Consumer<TransactWriteItemsRequest.Builder>) arguments[0]).accept(builder);
        return builder.build();
    }

    private TransactWriteItemsResponse transact(TransactWriteItemsRequest request, Answer answer, String spoilt) {
        var parts = request.transactItems();
        if (parts.stream().noneMatch(part -> isSpoilt(part, spoilt))) {
            written = parts.stream().map(SpoiltCountersTest::id).toList();
            return TransactWriteItemsResponse.builder().build();
        }
        throw switch (answer) {
            case NAMES_THE_PART ->
                TransactionCanceledException.builder()
                        .cancellationReasons(
                                parts.stream().map(part -> reason(part, spoilt)).toList())
                        .build();
            case NAMES_NOTHING ->
                DynamoDbException.builder()
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("ValidationException")
                                .build())
                        .build();
        };
    }

    private CancellationReason reason(TransactWriteItem part, String spoilt) {
        var row = existing;
        if (row != null && !id(part).contains("#")) {
            return CancellationReason.builder()
                    .code("ConditionalCheckFailed")
                    .item(new GenerationItem(1, Duration.ofDays(30)).toItem(row))
                    .build();
        }
        return CancellationReason.builder()
                .code(isSpoilt(part, spoilt) ? "ValidationError" : "None")
                .build();
    }

    private static boolean isSpoilt(TransactWriteItem part, String spoilt) {
        var id = id(part);
        return id.contains("#") && id.startsWith(spoilt);
    }

    private static String id(TransactWriteItem part) {
        return Optional.ofNullable(part.update())
                .map(update -> Values.idOf(update.key()))
                .orElse("");
    }
}
