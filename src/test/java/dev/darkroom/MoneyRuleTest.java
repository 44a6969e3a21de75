package dev.darkroom;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;

/** A sum of fractions that are not exact differs from the bill. */
@AnalyzeClasses(packages = "dev.darkroom", importOptions = DoNotIncludeTests.class)
class MoneyRuleTest {

    private static final Set<String> FLOATING = Set.of("double", "float", "java.lang.Double", "java.lang.Float");

    @ArchTest
    static final ArchRule moneyIsNeverFloatingPoint = classes()
            .that()
            .resideInAnyPackage(
                    "dev.darkroom.core.money..",
                    "dev.darkroom.core.budget..",
                    "dev.darkroom.core.usage..",
                    "dev.darkroom.core.billing..",
                    "dev.darkroom.http.usage..")
            .or()
            .haveNameMatching(
                    ".*\\.(CostView|BudgetView|QuoteView|UsageItem|UsageParts|BillEntry|BillPage|CostValue|KeyBudgetValue"
                            + "|BudgetCounters|PriceRule(\\$.*)?|PriceView|UnitPriceView|BalanceView|QuotePrice"
                            + "|http\\.wavespeed\\.catalogue\\.Dollars|wire\\.Dollars)")
            .should(useNoFloatingPoint());

    private static ArchCondition<JavaClass> useNoFloatingPoint() {
        return new ArchCondition<>("use no floating point") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var fields = type.getFields().stream()
                        .filter(field -> isFloating(field.getRawType()))
                        .map(JavaField::getFullName);
                var members = type.getCodeUnits().stream()
                        .filter(MoneyRuleTest::isFloating)
                        .map(JavaCodeUnit::getFullName);
                var calls = type.getCodeUnitCallsFromSelf().stream()
                        .filter(call -> isFloating(call.getTarget().getRawReturnType())
                                || call.getTarget().getRawParameterTypes().stream()
                                        .anyMatch(MoneyRuleTest::isFloating))
                        .map(JavaAccess::getDescription);
                Stream.of(fields, members, calls)
                        .flatMap(found -> found)
                        .forEach(found -> events.add(SimpleConditionEvent.violated(type, found)));
            }
        };
    }

    private static boolean isFloating(JavaCodeUnit member) {
        return isFloating(member.getRawReturnType())
                || member.getRawParameterTypes().stream().anyMatch(MoneyRuleTest::isFloating);
    }

    private static boolean isFloating(JavaClass type) {
        return FLOATING.contains(type.getName());
    }
}
