Console.Out.WriteLine("seedhead");
