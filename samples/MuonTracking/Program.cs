using System;

Console.WriteLine("MuonTracking");
