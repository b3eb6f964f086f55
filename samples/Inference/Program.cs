using System;

Console.WriteLine("Inference");
