package dev.darkroom.core.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class KeyAccessTest {

    @ParameterizedTest
    @CsvSource({
        "READ, READ, true",
        "READ, GENERATE, false",
        "READ, ADMIN, false",
        "GENERATE, READ, true",
        "GENERATE, GENERATE, true",
        "GENERATE, ADMIN, false",
        "ADMIN, READ, true",
        "ADMIN, GENERATE, true",
        "ADMIN, ADMIN, true"
    })
    void eachRoleMayDoWhatTheOneBeforeItMay(KeyRole role, KeyRole other, boolean expected) {
        assertThat(role.includes(other)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(KeyRole.class)
    void aRoleIsFoundByItsTitle(KeyRole role) {
        assertThat(KeyRole.of(role.title())).contains(role);
    }
}
