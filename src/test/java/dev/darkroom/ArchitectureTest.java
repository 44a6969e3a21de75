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
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.submission.PaidCall;
import org.jspecify.annotations.NullMarked;

/** The dependency rules: the adapters depend on the core, and the core on no adapter. */
@AnalyzeClasses(packages = "dev.darkroom", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule theCoreNeedsTheJdkOnly = classes()
            .that()
            .resideInAPackage("..core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..", "javax.crypto..", "org.jspecify..", "dev.darkroom.core..", "dev.darkroom.errors");

    @ArchTest
    static final ArchRule theErrorsNeedNothingOfTheCore = noClasses()
            .that()
            .resideInAPackage("dev.darkroom.errors")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.darkroom.core..");

    @ArchTest
    static final ArchRule theRoomsOfTheCoreHaveNoCycles =
            slices().matching("dev.darkroom.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyADialectKnowsItsWireFormat = noClasses()
            .that()
            .resideInAPackage("dev.darkroom.http")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.darkroom.http.(*)");

    @ArchTest
    static final ArchRule timeAndChanceAreInjectedIntoTheCore = noClasses()
            .that()
            .resideInAPackage("..core..")
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
    static final ArchRule onlyItsPackageKnowsWaveSpeed = noClasses()
            .that()
            .resideOutsideOfPackage("..provider.wavespeed..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("..provider.wavespeed..");

    /** The rooms of one provider may know each other. */
    @ArchTest
    static final ArchRule providersDoNotKnowEachOther =
            slices().matching("dev.darkroom.provider.(*)..").should().notDependOnEachOther();

    @ArchTest
    static final ArchRule onlyTheWiringMakesProviders = noClasses()
            .that()
            .resideOutsideOfPackages("dev.darkroom.provider..", "dev.darkroom.runtime..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.darkroom.provider..");

    @ArchTest
    static final ArchRule aProviderKnowsNoRoomOfTheCoreButItsPort = noClasses()
            .that()
            .resideInAPackage("dev.darkroom.provider..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.darkroom.core.account..",
                    "dev.darkroom.core.catalogue..",
                    "dev.darkroom.core.queue..",
                    "dev.darkroom.core.ratelimit..",
                    "dev.darkroom.core.step..",
                    "dev.darkroom.core.store..",
                    "dev.darkroom.core.submission..",
                    "dev.darkroom.core.sweep..");

    @ArchTest
    static final ArchRule adaptersDoNotKnowTheHandlers = noClasses()
            .that()
            .resideInAnyPackage(
                    "dev.darkroom.provider..",
                    "dev.darkroom.dynamodb..",
                    "dev.darkroom.s3..",
                    "dev.darkroom.kms..",
                    "dev.darkroom.secrets..",
                    "dev.darkroom.events..",
                    "dev.darkroom.sigv4..",
                    "dev.darkroom.fetch..",
                    "..jsonschema..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.darkroom.http..",
                    "dev.darkroom.workflow..",
                    "dev.darkroom.worker..",
                    "dev.darkroom.runtime..");

    @ArchTest
    static final ArchRule onlyTheTableAdapterSpeaksToDynamoDb = noClasses()
            .that()
            .resideOutsideOfPackage("dev.darkroom.dynamodb..")
            // It creates the client and never calls it.
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
