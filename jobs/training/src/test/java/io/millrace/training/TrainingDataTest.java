package io.millrace.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {

  private Path directory;

  @BeforeEach
  void useDirectory(@TempDir Path temporary) {
    directory = temporary;
  }

  @Test
  void theSampleHasThirtyIntents() throws Exception {
    // When
    TrainingData data = SampleModel.data();

    // Then
    assertThat(data.train()).hasSize(1050);
    assertThat(data.heldOut()).hasSize(450);
    assertThat(data.train().stream().map(LabeledText::label).distinct()).hasSize(30);
    assertThat(data.sha256()).hasSize(64);
  }

  @Test
  void holdsOutAFifthOfEachLabelTheSameEachTime() throws Exception {
    // Given 50 rows of one label and 10 of another
    String rows =
        IntStream.range(0, 60)
            .mapToObj(i -> "text " + i + "," + (i < 50 ? "a" : "b"))
            .collect(Collectors.joining("\n"));
    Path file = write("data.csv", "text,label\n" + rows);

    // When
    TrainingData data = TrainingData.read(file, null);

    // Then
    assertThat(data.heldOut().stream().collect(Collectors.groupingBy(LabeledText::label)))
        .hasEntrySatisfying("a", held -> assertThat(held).hasSize(10))
        .hasEntrySatisfying("b", held -> assertThat(held).hasSize(2));
    assertThat(data.train()).hasSize(48).doesNotContainAnyElementsOf(data.heldOut());
    assertThat(TrainingData.read(file, null)).isEqualTo(data);
  }

  @Test
  void holdsOutTheTestFile() throws Exception {
    // Given
    Path train = write("train.csv", "text,label\none,a\ntwo,b\n");
    Path test = write("test.csv", "text,category\nthree,a\n");

    // When
    TrainingData data = TrainingData.read(train, test);

    // Then
    assertThat(data.name()).isEqualTo("train.csv");
    assertThat(data.train()).hasSize(2);
    assertThat(data.heldOut()).containsExactly(new LabeledText("three", "a"));
  }

  @Test
  void refusesASplitAndATestFile() throws Exception {
    // Given
    Path train = write("train.csv", "text,label,split\none,a,train\ntwo,b,train\n");
    Path test = write("test.csv", "text,label\nthree,a\n");

    // Then
    assertThatThrownBy(() -> TrainingData.read(train, test))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("train.csv has a column 'split' and a test file was given");
  }

  @Test
  void refusesALabelThatWasNeverLearnt() throws Exception {
    // Given
    Path train = write("train.csv", "text,label\none,a\ntwo,b\n");
    Path test = write("test.csv", "text,label\nthree,a\nfour,c\n");

    // Then
    assertThatThrownBy(() -> TrainingData.read(train, test))
        .isInstanceOf(TrainingException.class)
        .hasMessage("test.csv line 3 has a label that no training row has");
  }

  @Test
  void refusesASingleLabel() throws Exception {
    // Given
    Path train = write("train.csv", "text,label\none,a\ntwo,a\n");

    // Then
    assertThatThrownBy(() -> TrainingData.read(train, null))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("expected at least two labels");
  }

  @Test
  void refusesDataTooSmallToHoldAnythingOut() throws Exception {
    // Given
    Path train = write("train.csv", "text,label\none,a\ntwo,b\n");

    // Then
    assertThatThrownBy(() -> TrainingData.read(train, null))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("train.csv has no rows to measure with");
  }

  @Test
  void shufflesTheTrainingLabelsAndNothingElse() throws Exception {
    // Given
    TrainingData data = SampleModel.data();

    // When
    TrainingData shuffled = data.withShuffledLabels(42);

    // Then
    assertThat(shuffled.train())
        .extracting(LabeledText::text)
        .containsExactlyElementsOf(data.train().stream().map(LabeledText::text).toList());
    assertThat(shuffled.train())
        .extracting(LabeledText::label)
        .containsExactlyInAnyOrderElementsOf(
            data.train().stream().map(LabeledText::label).toList());
    assertThat(shuffled.train()).filteredOn(data.train()::contains).hasSizeLessThan(100);
    assertThat(shuffled.heldOut()).isEqualTo(data.heldOut());
    assertThat(shuffled.name()).isEqualTo("support-desk.csv, labels shuffled with seed 42");
    assertThat(data.withShuffledLabels(42)).isEqualTo(shuffled);
  }

  private Path write(String name, String csv) throws IOException {
    return Files.writeString(directory.resolve(name), csv);
  }
}
