package io.linkwright.terminal.output;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be read or written, in words without the names of classes. */
public final class FileFault {
  private FileFault() {}

  /** In words. */
  public static String words(IOException failure) {
    return switch (failure) {
      case NoSuchFileException missing -> "there is no %s".formatted(missing.getFile());
      case AccessDeniedException denied -> "no permission for %s".formatted(denied.getFile());
      case FileSystemException other when other.getReason() != null ->
          "%s: %s".formatted(other.getFile(), other.getReason());
      case CharacterCodingException _ -> "it is not text in UTF-8";
      default -> String.valueOf(failure.getMessage());
    };
  }
}
