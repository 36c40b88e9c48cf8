import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.processor.reports.enums.JobEndStatus;

/**
 * Checks PDF files against flavours ("ua1,3a", then the files) and prints what validator.py reads: for each file and
 * flavour a line "file, flavour, passed or failed", then one line for each rule the file breaks. Tabs part the fields;
 * a file goes by its place among those named.
 */
public final class Validate {
    public static void main(String[] arguments) throws Exception {
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        VeraGreenfieldFoundryProvider.initialise();
        for (int i = 1; i < arguments.length; i++) {
            for (String flavour : arguments[0].split(",")) {
                String subject = (i - 1) + "\t" + flavour;
                try {
                    print(subject, validate(new File(arguments[i]), PDFAFlavour.byFlavourId(flavour)));
                } catch (Exception reason) {
                    throw new IllegalStateException(arguments[i] + " as " + flavour, reason);
                }
            }
        }
    }

    private static ValidationResult validate(File pdf, PDFAFlavour flavour) throws Exception {
        if (flavour == PDFAFlavour.NO_FLAVOUR) {
            throw new IllegalArgumentException("no such flavour");
        }
        try (PDFAParser parser = Foundries.defaultInstance().createParser(pdf, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            if (result.getJobEndStatus() != JobEndStatus.NORMAL || result.getTotalAssertions() == 0) {
                throw new IllegalStateException("the validation did not reach its end");
            }
            return result;
        }
    }

    private static void print(String subject, ValidationResult result) {
        System.out.println(subject + "\t" + (result.isCompliant() ? "passed" : "failed"));
        Map<RuleId, TestAssertion> firsts = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            firsts.putIfAbsent(assertion.getRuleId(), assertion);
        }
        firsts.forEach((rule, first) -> System.out.println(String.join("\t", subject, rule.getClause(),
                Integer.toString(rule.getTestNumber()), Integer.toString(result.getFailedChecks().get(rule)),
                plain(first.getMessage()), plain(first.getLocation().getContext()))));
    }

    private static String plain(String text) {
        return text == null ? "" : text.replaceAll("\\s+", " ").strip();
    }
}
