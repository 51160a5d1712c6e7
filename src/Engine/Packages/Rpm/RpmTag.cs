namespace Plimsoll.Engine.Packages.Rpm;

/// <summary>Tags of a header (rpm, <c>include/rpm/rpmtag.h</c>).</summary>
internal enum RpmTag
{
    Name = 1000,
    Version = 1001,
    Release = 1002,
    Epoch = 1003,
    Licence = 1014,
    Arch = 1022,
    OldFileNames = 1027,
    SourceRpm = 1044,
    DirectoryIndexes = 1116,
    BaseNames = 1117,
    DirectoryNames = 1118,
    ModularityLabel = 5096,
}
