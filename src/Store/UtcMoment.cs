using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Plimsoll.Store;

/// <summary>A moment as UTC without its offset: PostgreSQL takes no other, and as SQLite's text it sorts in time.</summary>
internal sealed class UtcMoment() : ValueConverter<DateTimeOffset, DateTime>(
    moment => moment.UtcDateTime, stored => new DateTimeOffset(DateTime.SpecifyKind(stored, DateTimeKind.Utc)));
