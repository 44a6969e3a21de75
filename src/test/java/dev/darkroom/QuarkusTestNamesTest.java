package dev.darkroom;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.OnlyIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.quarkus.test.junit.QuarkusTest;

/** Two processes with Quarkus tests fail at times, so pom.xml runs these tests in one process, by their names. */
@AnalyzeClasses(packages = "dev.darkroom", importOptions = OnlyIncludeTests.class)
class QuarkusTestNamesTest {

    @ArchTest
    static final ArchRule quarkusTestsAreNamedAsInThePom = classes()
            .that()
            .areAnnotatedWith(QuarkusTest.class)
            .should()
            .haveSimpleNameEndingWith("HandlerTest")
            .orShould()
            .haveSimpleName("ConfiguredProviderTest");
}
