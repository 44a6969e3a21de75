package dev.darkroom;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.darkroom.application.ImageProvider;
import dev.darkroom.application.PaidCall;
import org.jspecify.annotations.NullMarked;

/** The core in the middle, adapters around it. */
@AnalyzeClasses(packages = "dev.darkroom", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theDomainNeedsTheJdkOnly = classes()
            .that()
            .resideInAPackage("..domain..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "dev.darkroom.domain..");

    @ArchTest
    static final ArchRule theUseCasesNeedTheDomainOnly = classes()
            .that()
            .resideInAPackage("..application..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "dev.darkroom.domain..", "dev.darkroom.application..");

    @ArchTest
    static final ArchRule timeAndChanceAreInjectedIntoTheCore = noClasses()
            .that()
            .resideInAnyPackage("..domain..", "..application..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID");

    @ArchTest
    static final ArchRule onlyOneClassReachesThePaidCall = noClasses()
            .that()
            .areNotAssignableTo(PaidCall.class)
            .and()
            .areNotAssignableTo(ImageProvider.class)
            .should()
            .callMethodWhere(target(owner(assignableTo(ImageProvider.class))).and(target(name("submit"))));

    @ArchTest
    static final ArchRule theProvidersAdapterIsKnownToNobody = noClasses()
            .that()
            .resideOutsideOfPackage("..wavespeed..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..wavespeed..");

    @ArchTest
    static final ArchRule adaptersDoNotKnowTheHandlers = noClasses()
            .that()
            .resideInAnyPackage("..wavespeed..", "..dynamodb..", "..models..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("..lambda..", "..wiring..");

    @ArchTest
    static final ArchRule onlyTheTableAdapterSpeaksToDynamoDb = noClasses()
            .that()
            .resideOutsideOfPackage("..dynamodb..")
            // It makes the client; it never calls it.
            .and()
            .doNotHaveSimpleName("AwsClientProducers")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("software.amazon.awssdk.services.dynamodb..");

    @ArchTest
    static final ArchRule thereAreNoCycles =
            slices().matching("dev.darkroom.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingReadsTheEnvironmentOrPrints = noClasses()
            .should()
            .callMethod(System.class, "getenv")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule everyPackageSaysWhatMayBeNull =
            classes().that().haveSimpleName("package-info").should().beAnnotatedWith(NullMarked.class);
}
