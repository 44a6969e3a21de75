package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryCountTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "2, 2", "0012, 12", "9999, 9999", "99999, 9999", "99999999999, 9999"})
    void aClientSaysHowOftenItHasSentTheRequestBefore(String header, int retries) {
        assertThat(of(header)).isEqualTo(retries);
    }

    @ParameterizedTest
    @CsvSource({"-1", "''", "one", "1.5"})
    void whatIsNoNumberSaysNothing(String header) {
        assertThat(of(header)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1, 1 | 1", "1,1 | 1", "1 ,1 | 1", "0, 2 | 2", "2, 1 | 2", "1, one | 1", "0, 0 | 0"})
    void aMarkThatAProxyDoublesIsStillAMark(String joined, int retries) {
        assertThat(of(joined)).isEqualTo(retries);
    }

    @Test
    void mostClientsSayNothing() {
        assertThat(RetryCount.of(new ApiGatewayRequest(Requests.valid()))).isZero();
    }

    private static int of(String header) {
        return RetryCount.of(
                new ApiGatewayRequest(Requests.withHeader(Requests.valid(), "x-stainless-retry-count", header)));
    }
}
