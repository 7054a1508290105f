package io.linkwright.domain.address;

/** Where a member stands, in degrees (WGS 84). */
public record Position(double latitude, double longitude) {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if latitude is outside -90..90 or longitude outside -180..180
   */
  public Position {
    if (!(latitude >= -90 && latitude <= 90)) {
      throw new IllegalArgumentException("latitude %s is not within -90..90".formatted(latitude));
    }
    if (!(longitude >= -180 && longitude <= 180)) {
      throw new IllegalArgumentException(
          "longitude %s is not within -180..180".formatted(longitude));
    }
  }
}
