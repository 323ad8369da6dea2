print("Content-Type: text/plain\n\nx")
